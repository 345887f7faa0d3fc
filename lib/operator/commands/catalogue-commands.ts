import type { Reader } from '@/lib/command-line/command';
import { names, onOrOff } from '@/lib/command-line/readers';
import { DEFAULT_COMPONENTS } from '@/lib/licensing/devices/fingerprint';
import { changeProduct } from '@/lib/operations/catalogue/change-product';
import { createOffering } from '@/lib/operations/catalogue/create-offering';
import { createProduct } from '@/lib/operations/catalogue/create-product';
import { listOfferings, listProducts } from '@/lib/operations/catalogue/list-catalogue';
import { DIALECT_OFFERING_COMMANDS } from '../dialects/dialect-commands';
import { DIALECT_OFFERING_COLUMNS, DIALECT_OFFERING_PARTS } from '../dialects/offering-parts';
import type { OperatorCommand } from './perform-command';
import { listing, saying } from './perform-command';
import { feature, pairsPart, RELEASE_APPROVAL, SEAT_OPTIONS, writeAllowance, writeOverdraft } from './terms';

const namesOrNone: Reader<string[]> = {
  expects: 'names with commas between, or none',
  read: (text) => (text === 'none' ? [] : names.read(text)),
};

const PRODUCT_OPTIONS = {
  guestExchange: {
    flags: '--guest-exchange on|off',
    reader: onOrOff,
    help: 'Answer files that carry a valid code without anybody signing in.',
  },
  fingerprintRequired: { flags: '--fingerprint-required N', help: 'Fingerprint components that must match.' },
  fingerprintComponents: {
    flags: '--fingerprint-components NAMES',
    reader: names,
    help: 'Components that count, with commas between.',
  },
  fingerprintMust: {
    flags: '--fingerprint-must NAMES',
    reader: namesOrNone,
    help: 'Components that must match, whatever else does: names, or none.',
  },
} as const;

const createProductCommand = saying({
  words: 'product create',
  summary: 'Make a product.',
  example: '--code press-control --name "Press Control"',
  operation: createProduct,
  options: {
    code: { flags: '--code CODE', help: 'Short name that devices ask for, such as press-control.' },
    name: { flags: '--name NAME', help: 'Name that people see.' },
    ...PRODUCT_OPTIONS,
    fingerprintComponents: { ...PRODUCT_OPTIONS.fingerprintComponents, fallback: DEFAULT_COMPONENTS.join(',') },
    fingerprintMust: { ...PRODUCT_OPTIONS.fingerprintMust, fallback: 'none' },
    greatestRequestAge: {
      flags: '--greatest-request-age DURATION',
      help: 'Refuse older requests, such as P30D.',
      fallback: 'any age',
    },
  },
  say: ({ code }) => [`Made the product ${code}.`],
});

const setProductCommand = saying({
  words: 'product set',
  summary: 'Change the settings of a product. What is not named stays.',
  example: 'press-control --guest-exchange on',
  operation: changeProduct,
  options: { code: { flags: 'CODE', help: 'The product.' }, ...PRODUCT_OPTIONS },
  say: ({ code, changed }) => [changed ? `Changed the product ${code}.` : `The product ${code} was so already.`],
});

const listProductsCommand = listing({
  words: 'product list',
  summary: 'List the products.',
  example: '',
  operation: listProducts,
  columns: {
    code: (product) => product.code,
    name: (product) => product.name,
    'fingerprint required': (product) => product.fingerprintRequired,
    components: (product) => product.fingerprintComponents.join(','),
    must: (product) => product.fingerprintMust.join(',') || 'none',
    'greatest request age': (product) => product.greatestRequestAge,
    'guest exchange': (product) => (product.guestExchange ? 'on' : 'off'),
  },
});

const createOfferingCommand = saying({
  words: 'offering create',
  summary: 'Make an offering of a product: edition, plan and terms.',
  example:
    '--product press-control --code press-pro --edition Pro --plan subscription --start on-creation --term P1Y --lease P90D --feature axes=8',
  operation: createOffering,
  options: {
    product: { flags: '--product CODE', help: 'The product.' },
    code: { flags: '--code CODE', help: 'What is ordered (SKU).' },
    edition: { flags: '--edition NAME', help: 'Name of the edition.' },
    planType: { flags: '--plan TYPE', help: 'What is sold.' },
    startRule: { flags: '--start RULE', help: 'When the term starts.' },
    termLength: { flags: '--term DURATION', help: 'Length of the term, such as P1Y.' },
    offlineLeasePeriod: {
      flags: '--lease DURATION',
      help: 'How long one file lets a device run; without it, no offline use.',
    },
    gracePeriod: { flags: '--grace DURATION', help: 'How much longer it runs, with a warning.' },
    maintenanceLength: { flags: '--maintenance DURATION', help: 'Length of maintenance.' },
    features: {
      flags: '--feature CODE[=LIMIT]',
      isRepeated: true,
      reader: feature,
      help: 'A feature that is on, or counted up to a limit.',
    },
    ...SEAT_OPTIONS,
    releaseRoles: { ...SEAT_OPTIONS.releaseRoles, fallback: 'admin,support' },
  },
  parts: [
    pairsPart('attributes', '--attribute KEY=VALUE', 'Carried in the licence.'),
    RELEASE_APPROVAL,
    ...DIALECT_OFFERING_PARTS,
  ],
  say: ({ code }) => [`Made the offering ${code}.`],
});

const listOfferingsCommand = listing({
  words: 'offering list',
  summary: 'List the offerings with their terms.',
  example: '',
  operation: listOfferings,
  columns: {
    code: (offering) => offering.code,
    product: (offering) => offering.productCode,
    edition: (offering) => offering.edition,
    plan: (offering) => offering.planType,
    start: (offering) => offering.startRule,
    term: (offering) => offering.termLength,
    lease: (offering) => offering.offlineLeasePeriod,
    grace: (offering) => offering.gracePeriod,
    overdraft: (offering) => writeOverdraft(offering.overdraftKind, offering.overdraftValue),
    reinstalls: ({ reinstallLimit, reinstallDays }) => writeAllowance({ times: reinstallLimit, days: reinstallDays }),
    returns: ({ returnLimit, returnDays }) => writeAllowance({ times: returnLimit, days: returnDays }),
    dialects: (offering) => offering.dialects.join(','),
    ...DIALECT_OFFERING_COLUMNS,
  },
});

export const catalogueCommands: readonly OperatorCommand[] = [
  createProductCommand,
  setProductCommand,
  listProductsCommand,
  createOfferingCommand,
  ...DIALECT_OFFERING_COMMANDS,
  listOfferingsCommand,
];

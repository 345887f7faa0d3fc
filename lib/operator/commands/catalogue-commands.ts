import { DEFAULT_COMPONENTS } from '@/lib/licensing/devices/fingerprint';
import { changeProduct } from '@/lib/operations/catalogue/change-product';
import { createOffering } from '@/lib/operations/catalogue/create-offering';
import { createProduct } from '@/lib/operations/catalogue/create-product';
import { listOfferings, listProducts } from '@/lib/operations/catalogue/list-catalogue';
import { setProofs } from '@/lib/operations/keygen/set-proofs';
import type { Command, Typed } from '../command-line/command';
import { listing, performing } from '../command-line/perform-command';
import { KEYGEN_OPTIONS, readKeygenPolicy, readOverage } from './keygen-terms';
import {
  given,
  readAttribute,
  readFeature,
  readNames,
  readOverdraft,
  readReleaseApproval,
  readReleaseLimit,
  readReleaseRoles,
  readSeatOptions,
  readSwitch,
  SEAT_OPTIONS,
  writeAllowance,
  writeOverdraft,
} from './terms';

const GUEST_EXCHANGE = 'Answer files that carry a valid code without anybody signing in: on, or off (default).';

const FINGERPRINT_OPTIONS = {
  'fingerprint-required': { type: 'string', value: 'N', help: 'Fingerprint components that must match (default 2).' },
  'fingerprint-components': {
    type: 'string',
    value: 'NAMES',
    help: `Components that count, with commas between (default ${DEFAULT_COMPONENTS.join(',')}).`,
  },
  'fingerprint-must': {
    type: 'string',
    value: 'NAMES',
    help: 'Components that must match, whatever else does: names, or none (default).',
  },
} as const;

function readFingerprint(typed: Typed) {
  return {
    fingerprintRequired: typed.number('fingerprint-required'),
    fingerprintComponents: given(typed.text('fingerprint-components'), readNames),
    fingerprintMust: given(typed.text('fingerprint-must'), (text) => (text === 'none' ? [] : readNames(text))),
  };
}

const createProductCommand = performing({
  name: 'product create',
  summary: 'Make a product.',
  options: {
    code: { type: 'string', value: 'CODE', required: true, help: 'Short name that devices ask for, such as press-control.' },
    name: { type: 'string', value: 'NAME', required: true, help: 'Name that people see.' },
    ...FINGERPRINT_OPTIONS,
    'greatest-request-age': {
      type: 'string',
      value: 'DURATION',
      help: 'Refuse older requests, such as P30D (default: any age).',
    },
    'guest-exchange': { type: 'string', value: 'on|off', help: GUEST_EXCHANGE },
  },
  operation: createProduct,
  input: (typed) => ({
    code: typed.text('code'),
    name: typed.text('name'),
    ...readFingerprint(typed),
    greatestRequestAge: typed.text('greatest-request-age'),
    guestExchange: readSwitch(typed.text('guest-exchange') ?? 'off', 'guest-exchange'),
  }),
  say: ({ code }) => [`Made the product ${code}.`],
});

const setProductCommand = performing({
  name: 'product set',
  summary: 'Change the settings of a product. What is not named stays.',
  positionals: 'CODE',
  options: { 'guest-exchange': { type: 'string', value: 'on|off', help: GUEST_EXCHANGE }, ...FINGERPRINT_OPTIONS },
  operation: changeProduct,
  input: (typed) => ({
    code: typed.positionals[0],
    guestExchange: given(typed.text('guest-exchange'), (text) => readSwitch(text, 'guest-exchange')),
    ...readFingerprint(typed),
  }),
  say: ({ code, changed }) => [changed ? `Changed the product ${code}.` : `The product ${code} was so already.`],
});

const listProductsCommand = listing({
  name: 'product list',
  summary: 'List the products.',
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

const createOfferingCommand = performing({
  name: 'offering create',
  summary: 'Make an offering of a product: edition, plan and terms.',
  options: {
    product: { type: 'string', value: 'CODE', required: true, help: 'The product.' },
    code: { type: 'string', value: 'CODE', required: true, help: 'What is ordered (SKU).' },
    edition: { type: 'string', value: 'NAME', required: true, help: 'Name of the edition.' },
    plan: {
      type: 'string',
      value: 'TYPE',
      required: true,
      help: 'perpetual, time-limited, trial, consumption or subscription.',
    },
    start: { type: 'string', value: 'RULE', required: true, help: 'on-creation, on-first-activation or on-date.' },
    term: { type: 'string', value: 'DURATION', help: 'Length of the term, such as P1Y.' },
    lease: { type: 'string', value: 'DURATION', help: 'How long one file lets a device run; without it, no offline use.' },
    grace: { type: 'string', value: 'DURATION', help: 'How much longer it runs, with a warning.' },
    maintenance: { type: 'string', value: 'DURATION', help: 'Length of maintenance.' },
    overdraft: { type: 'string', value: 'KIND', help: 'none (default), absolute:N, percent:N or unlimited.' },
    release: { type: 'string', value: 'RULE', help: 'Seat of a lost device: when-lease-ran-out (default) or at-once.' },
    'release-by': {
      type: 'string',
      value: 'ROLES',
      help: 'Who may: none, or some of member,admin,support (default admin,support).',
    },
    'release-approval': {
      type: 'string',
      value: 'HOW',
      help: 'Whether somebody else has to agree: no (default), yes, or independent of whoever asks.',
    },
    'release-limit': { type: 'string', value: 'N/DAYS', help: 'At most so many releases, such as 3/30 (default: any number).' },
    feature: { type: 'string', multiple: true, value: 'CODE[=LIMIT]', help: 'A feature that is on, or counted up to a limit.' },
    attribute: { type: 'string', multiple: true, value: 'KEY=VALUE', help: 'Carried in the licence.' },
    ...SEAT_OPTIONS,
    ...KEYGEN_OPTIONS,
  },
  operation: createOffering,
  input: (typed) => ({
    product: typed.text('product'),
    code: typed.text('code'),
    edition: typed.text('edition'),
    planType: typed.text('plan'),
    startRule: typed.text('start'),
    termLength: typed.text('term'),
    offlineLeasePeriod: typed.text('lease'),
    gracePeriod: typed.text('grace'),
    maintenanceLength: typed.text('maintenance'),
    overdraft: readOverage(typed) ?? readOverdraft(typed.text('overdraft') ?? 'none'),
    keygen: readKeygenPolicy(typed),
    releaseRule: typed.text('release'),
    releaseRoles: given(typed.text('release-by'), readReleaseRoles),
    ...readReleaseApproval(typed.text('release-approval')),
    releaseLimit: given(typed.text('release-limit'), readReleaseLimit),
    ...readSeatOptions(typed),
    features: typed.texts('feature').map(readFeature),
    attributes: Object.fromEntries(typed.texts('attribute').map(readAttribute)),
  }),
  say: ({ code }) => [`Made the offering ${code}.`],
});

const setOfferingCommand = performing({
  name: 'offering set',
  summary: 'Change an offering, also for what was sold of it before.',
  positionals: 'CODE',
  options: { 'keygen-proofs': { ...KEYGEN_OPTIONS['keygen-proofs'], required: true } },
  operation: setProofs,
  input: (typed) => ({
    code: typed.positionals[0],
    keygenProofs: readSwitch(typed.text('keygen-proofs') ?? '', 'keygen-proofs'),
  }),
  say: ({ code, keygenProofs, changed }) => [
    `Activation proofs ${changed ? 'are' : 'were already'} ${keygenProofs ? 'on' : 'off'} for ${code}.`,
    ...(keygenProofs ? ['A proof has no end: a machine that keeps one runs on after its seat was released.'] : []),
    ...(changed && !keygenProofs ? ['Proofs that were made before stay good.'] : []),
  ],
});

const listOfferingsCommand = listing({
  name: 'offering list',
  summary: 'List the offerings with their terms.',
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
    'keygen scheme': (offering) => (offering.keygen === null ? '' : String(offering.keygen.scheme ?? 'none')),
    'keygen proofs': (offering) => (offering.keygen?.proofs === true ? 'on' : 'off'),
  },
});

export const catalogueCommands: readonly Command[] = [
  createProductCommand,
  setProductCommand,
  listProductsCommand,
  createOfferingCommand,
  setOfferingCommand,
  listOfferingsCommand,
];

import type { Reader } from '@/lib/command-line/command';
import { UsageError } from '@/lib/command-line/command';
import { wholeNumber } from '@/lib/command-line/readers';
import { createBundle } from '@/lib/operations/licensespring/licences/create-bundle';
import { createLicence } from '@/lib/operations/licensespring/licences/create-licence';
import { listLicences } from '@/lib/operations/licensespring/licences/list-licences';
import type { OperatorCommand } from './perform-command';
import { listing, part, saying } from './perform-command';
import { pairsPart } from './terms';

/** Printed when a new product was made along with the licence. */
const TAKES_VERSION_2 = 'It takes requests of version 2. For software that writes version 1 see: help licensespring product set';

/** Reads `code`, `code=limit`, `code@until` or `code=limit@until`. */
const licenceFeature: Reader<object> = {
  expects: 'CODE[=LIMIT][@UNTIL]',
  read(text) {
    const match = /^([^=@]+)(?:=(\d{1,10}))?(?:@(.+))?$/.exec(text);
    if (match === null) return undefined;
    const [, code, limit, endsAt] = match;
    return { code, limit: limit === undefined ? null : Number(limit), endsAt: endsAt ?? null };
  },
};

const FLOATING = part(
  {
    users: { flags: '--floating-users N', reader: wholeNumber, help: 'Shared by so many users on a network.' },
    timeoutMinutes: {
      flags: '--floating-timeout MINUTES',
      reader: wholeNumber,
      help: 'When a share comes back by itself.',
      fallback: '120',
    },
    isCloud: { flags: '--floating-cloud', help: 'Shared through the vendor’s cloud.' },
    borrowHours: { flags: '--borrow-hours N', reader: wholeNumber, help: 'How long a share may be borrowed.' },
  },
  (floating) => (floating.users === undefined ? {} : { floating }),
);

const USER = part(
  {
    userName: { flags: '--user NAME', help: 'Used with this user name and a password instead of a key.' },
    password: { flags: '--password TEXT', help: 'The password of the user. It stays in the history of the shell.' },
    firstName: { flags: '--user-first-name TEXT', help: 'First name of the user.' },
    lastName: { flags: '--user-last-name TEXT', help: 'Last name of the user.' },
    phone: { flags: '--user-phone TEXT', help: 'Telephone number of the user.' },
    userMaxActivations: {
      flags: '--user-max-activations N',
      reader: wholeNumber,
      help: 'Devices of the user.',
      fallback: 'as many as the licence has',
    },
  },
  ({ userName: name, password, userMaxActivations: maxActivations, ...more }) => {
    if ((name === undefined) !== (password === undefined)) throw new UsageError('expected --user and --password together');
    return name === undefined ? {} : { user: { name, password, maxActivations, ...more } };
  },
);

const createLicenceCommand = saying({
  words: 'licensespring licence create',
  summary: 'Make a licence with a key, or for a user with a password.',
  example: '--product press --type perpetual --max-activations 3',
  operation: createLicence,
  options: {
    product: { flags: '--product SHORT', help: 'Short code of the product; made when it is new.' },
    type: { flags: '--type TYPE', help: 'What is sold.' },
    trial: { flags: '--trial', help: 'A trial of it.' },
    maxActivations: { flags: '--max-activations N', help: 'Devices it may be used on.' },
    isUnlimited: { flags: '--unlimited-activations', help: 'On any number of devices, whatever N says.' },
    validFrom: { flags: '--valid-from INSTANT', help: 'Start.', fallback: 'now' },
    validUntil: {
      flags: '--valid-until INSTANT',
      help: 'End.',
      fallback: 'a year from the start, 30 days for a trial, or none',
    },
    lease: { flags: '--lease DURATION', help: 'How long one file lets a device run.', fallback: 'as long as the licence' },
    isOffline: { flags: '--no-offline', help: 'Not on devices without a network.' },
    isDisabled: { flags: '--disabled', help: 'Not to be used yet; entitlement enable makes it usable.' },
    graceHours: { flags: '--grace-hours N', help: 'How much longer a device may run after the end.' },
    maintenanceUntil: { flags: '--maintenance-until INSTANT', help: 'End of maintenance.' },
    preventVm: { flags: '--prevent-vm', help: 'Not on virtual machines, as far as their requests say so.' },
    maxTransfers: { flags: '--max-transfers N', help: 'Told to the application; 0: no limit.' },
    maxConsumptions: { flags: '--max-consumptions N', help: 'What a consumption licence may use.', fallback: 'no limit' },
    maxOverages: { flags: '--max-overages N', help: 'How much more than that.' },
    features: {
      flags: '--feature CODE[=LIMIT][@UNTIL]',
      isRepeated: true,
      reader: licenceFeature,
      help: 'A product feature, counted or not.',
    },
    customer: { flags: '--customer CODE', help: 'Whose it is.', fallback: 'a customer named for the product' },
    orderReference: { flags: '--order REF', help: 'Order reference.' },
    assign: { flags: '--assign EMAIL', help: 'A member who may bring files for it.' },
    releaseRule: { flags: '--release RULE', help: 'When the seat of a lost device is free.' },
    licenceKey: { flags: '--license-key KEY', help: 'A key that was made before, instead of a new one.' },
  },
  parts: [FLOATING, pairsPart('customFields', '--custom NAME=VALUE', 'A custom field.'), USER],
  json: ({ id, entitlementId, licenceKey, user, product, isNewProduct, customer, offering }) => ({
    ...(user ?? { license_key: licenceKey }),
    id,
    entitlement_id: entitlementId,
    product,
    product_created: isNewProduct,
    customer,
    offering,
  }),
  say: ({ id, entitlementId, licenceKey, user, product, isNewProduct, customer }) => [
    `Made the licence ${id} (${entitlementId}) of ${product} for ${customer}.`,
    ...(isNewProduct ? [`The product ${product} is new, and was made with it.`, TAKES_VERSION_2] : []),
    ...(user === null
      ? [`Licence key: ${licenceKey}`, 'Write the key down: it is shown this once, and not stored.']
      : [`User name: ${user.username}`]),
  ],
});

const listLicencesCommand = listing({
  words: 'licensespring licence list',
  summary: 'List the newest licences.',
  example: '--product press',
  operation: listLicences,
  options: { product: { flags: '--product SHORT', help: 'Of one product.' } },
  columns: {
    id: (licence) => licence.id,
    entitlement: (licence) => licence.entitlementId,
    product: (licence) => licence.productCode,
    customer: (licence) => licence.customerCode,
    type: (licence) => (licence.planType === 'trial' ? `trial of ${licence.licenceType}` : licence.licenceType),
    'key or user': (licence) => licence.username ?? `…${licence.lastFour ?? ''}`,
    seats: (licence) => `${licence.seatsHeld} of ${licence.seats}`,
    ends: (licence) => licence.termEndsAt,
    disabled: (licence) => (licence.disabledAt === null ? null : 'yes'),
  },
});

const createBundleCommand = saying({
  words: 'licensespring bundle create',
  summary: 'Make one key that activates several licences at once, or none of them.',
  example: '--product press-suite --entitlement 0198c5c4-7a11-7c55-9d0e-3f0a2b6c1d22',
  operation: createBundle,
  options: {
    product: { flags: '--product SHORT', help: 'Short code of the bundle; made when it is new.' },
    entitlementIds: { flags: '--entitlement ID', help: 'A licence in it, as licence create says.' },
  },
  json: ({ licenceKey, product, isNewProduct, products }) => ({
    license_key: licenceKey,
    bundle_code: product,
    product_created: isNewProduct,
    products,
  }),
  say: ({ licenceKey, product, isNewProduct, products }) => [
    `Made a key of the bundle ${product}: ${products.join(', ')}.`,
    ...(isNewProduct ? [TAKES_VERSION_2] : []),
    `Licence key: ${licenceKey}`,
    'Write the key down: it is shown this once, and not stored.',
  ],
});

export const licenceCommands: readonly OperatorCommand[] = [createLicenceCommand, listLicencesCommand, createBundleCommand];

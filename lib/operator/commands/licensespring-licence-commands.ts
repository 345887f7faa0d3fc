import { createBundle } from '@/lib/operations/licensespring/create-bundle';
import { createLicence } from '@/lib/operations/licensespring/create-licence';
import { listLicences } from '@/lib/operations/licensespring/list-licences';
import { done, perform } from '@/lib/operations/operation';
import type { Command, Typed } from '../command-line/command';
import { UsageError } from '../command-line/command';
import { listing } from '../command-line/perform-command';
import { readAttribute } from './terms';

const OPTIONS: Command['options'] = {
  product: { type: 'string', value: 'SHORT', required: true, help: 'Short code of the product; made when it is new.' },
  type: { type: 'string', value: 'TYPE', required: true, help: 'perpetual, time-limited, consumption or subscription.' },
  trial: { type: 'boolean', help: 'A trial of it.' },
  'max-activations': { type: 'string', value: 'N', required: true, help: 'Devices it may be used on.' },
  'unlimited-activations': { type: 'boolean', help: 'On any number of devices, whatever N says.' },
  'valid-from': { type: 'string', value: 'INSTANT', help: 'Start (default: now).' },
  'valid-until': {
    type: 'string',
    value: 'INSTANT',
    help: 'End (default: a year from the start, 30 days for a trial, or none).',
  },
  lease: { type: 'string', value: 'DURATION', help: 'How long one file lets a device run (default: as long as the licence).' },
  'no-offline': { type: 'boolean', help: 'Not on devices without a network.' },
  disabled: { type: 'boolean', help: 'Not to be used yet; entitlement enable makes it usable.' },
  'grace-hours': { type: 'string', value: 'N', help: 'How much longer a device may run after the end.' },
  'maintenance-until': { type: 'string', value: 'INSTANT', help: 'End of maintenance.' },
  'prevent-vm': { type: 'boolean', help: 'Not on virtual machines, as far as their requests say so.' },
  'max-transfers': { type: 'string', value: 'N', help: 'Told to the application (default 0: no limit).' },
  'max-consumptions': { type: 'string', value: 'N', help: 'What a consumption licence may use (default: no limit).' },
  'max-overages': { type: 'string', value: 'N', help: 'How much more than that.' },
  feature: { type: 'string', multiple: true, value: 'CODE[=LIMIT][@UNTIL]', help: 'A product feature, counted or not.' },
  'floating-users': { type: 'string', value: 'N', help: 'Shared by so many users on a network.' },
  'floating-timeout': { type: 'string', value: 'MINUTES', help: 'When a share comes back by itself (default 120).' },
  'floating-cloud': { type: 'boolean', help: 'Shared through the vendor’s cloud.' },
  'borrow-hours': { type: 'string', value: 'N', help: 'How long a share may be borrowed.' },
  custom: { type: 'string', multiple: true, value: 'NAME=VALUE', help: 'A custom field.' },
  customer: { type: 'string', value: 'CODE', help: 'Whose it is (default: a customer named for the product).' },
  order: { type: 'string', value: 'REF', help: 'Order reference.' },
  assign: { type: 'string', multiple: true, value: 'EMAIL', help: 'A member who may bring files for it.' },
  release: { type: 'string', value: 'RULE', help: 'Seat of a lost device: when-lease-ran-out (default) or at-once.' },
  user: { type: 'string', value: 'NAME', help: 'Used with this user name and a password instead of a key.' },
  password: { type: 'string', value: 'TEXT', help: 'The password of the user. It stays in the history of the shell.' },
  'user-first-name': { type: 'string', value: 'TEXT', help: 'First name of the user.' },
  'user-last-name': { type: 'string', value: 'TEXT', help: 'Last name of the user.' },
  'user-phone': { type: 'string', value: 'TEXT', help: 'Telephone number of the user.' },
  'user-max-activations': { type: 'string', value: 'N', help: 'Devices of the user (default: as many as the licence has).' },
  'license-key': { type: 'string', value: 'KEY', help: 'A key that was made before, instead of a new one.' },
};

/** Said of a product that was made with what was sold. */
const TAKES_VERSION_2 = 'It takes requests of version 2. For software that writes version 1 see: help licensespring product set';

/** Reads `code`, `code=limit`, `code@until` or `code=limit@until`. @throws UsageError */
function readLicenceFeature(text: string): unknown {
  const match = /^([^=@]+)(?:=(\d{1,10}))?(?:@(.+))?$/.exec(text);
  if (match === null) throw new UsageError(`expected CODE[=LIMIT][@UNTIL] for --feature, found ${JSON.stringify(text)}`);
  const [, code, limit, endsAt] = match;
  return { code, limit: limit === undefined ? null : Number(limit), endsAt: endsAt ?? null };
}

function userOf(typed: Typed): unknown {
  const [name, password] = [typed.text('user'), typed.text('password')];
  if ((name === undefined) !== (password === undefined)) throw new UsageError('expected --user and --password together');
  if (name === undefined) return null;
  return {
    name,
    password,
    firstName: typed.text('user-first-name'),
    lastName: typed.text('user-last-name'),
    phone: typed.text('user-phone'),
    maxActivations: typed.number('user-max-activations'),
  };
}

function floatingOf(typed: Typed): unknown {
  const users = typed.number('floating-users');
  if (users === undefined) return null;
  return {
    users,
    timeoutMinutes: typed.number('floating-timeout'),
    isCloud: typed.flag('floating-cloud'),
    borrowHours: typed.number('borrow-hours'),
  };
}

function inputOf(typed: Typed): unknown {
  return {
    product: typed.text('product'),
    type: typed.text('type'),
    trial: typed.flag('trial'),
    maxActivations: typed.number('max-activations'),
    isUnlimited: typed.flag('unlimited-activations'),
    validFrom: typed.text('valid-from'),
    validUntil: typed.text('valid-until'),
    lease: typed.text('lease'),
    isOffline: !typed.flag('no-offline'),
    isDisabled: typed.flag('disabled'),
    graceHours: typed.number('grace-hours'),
    maintenanceUntil: typed.text('maintenance-until'),
    preventVm: typed.flag('prevent-vm'),
    maxTransfers: typed.number('max-transfers'),
    maxConsumptions: typed.number('max-consumptions'),
    maxOverages: typed.number('max-overages'),
    features: typed.texts('feature').map(readLicenceFeature),
    floating: floatingOf(typed),
    customFields: Object.fromEntries(typed.texts('custom').map(readAttribute)),
    customer: typed.text('customer'),
    orderReference: typed.text('order'),
    assign: typed.texts('assign'),
    releaseRule: typed.text('release'),
    user: userOf(typed),
    licenceKey: typed.text('license-key'),
  };
}

const createLicenceCommand: Command = {
  name: 'licensespring licence create',
  summary: 'Make a licence with a key, or for a user with a password.',
  options: OPTIONS,
  plan(typed) {
    const input = inputOf(typed);
    return async (context) => {
      const result = await perform(createLicence, input, context);
      if (!result.ok) return result;
      const { id, entitlementId, licenceKey, user, product, isNewProduct, customer, offering } = result.value;
      const name = user ?? { license_key: licenceKey };
      const about = { entitlement_id: entitlementId, product, product_created: isNewProduct, customer, offering };
      return done({
        json: { ...name, id, ...about },
        lines: [
          `Made the licence ${id} (${entitlementId}) of ${product} for ${customer}.`,
          ...(isNewProduct ? [`The product ${product} is new, and was made with it.`, TAKES_VERSION_2] : []),
          ...(user === null
            ? [`Licence key: ${licenceKey}`, 'Write the key down: it is shown this once, and not stored.']
            : [`User name: ${user.username}`]),
        ],
      });
    };
  },
};

const listLicencesCommand = listing({
  name: 'licensespring licence list',
  summary: 'List the newest licences.',
  options: { product: { type: 'string', value: 'SHORT', help: 'Of one product.' } },
  operation: listLicences,
  input: (typed) => ({ product: typed.text('product') }),
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

const createBundleCommand: Command = {
  name: 'licensespring bundle create',
  summary: 'Make one key that activates several licences at once, or none of them.',
  options: {
    product: { type: 'string', value: 'SHORT', required: true, help: 'Short code of the bundle; made when it is new.' },
    entitlement: {
      type: 'string',
      multiple: true,
      value: 'ID',
      required: true,
      help: 'A licence in it, as licence create says.',
    },
  },
  plan(typed) {
    const input = { product: typed.text('product'), entitlementIds: typed.texts('entitlement') };
    return async (context) => {
      const result = await perform(createBundle, input, context);
      if (!result.ok) return result;
      const { licenceKey, product, isNewProduct, products } = result.value;
      return done({
        json: { license_key: licenceKey, bundle_code: product, product_created: isNewProduct, products },
        lines: [
          `Made a key of the bundle ${product}: ${products.join(', ')}.`,
          ...(isNewProduct ? [TAKES_VERSION_2] : []),
          `Licence key: ${licenceKey}`,
          'Write the key down: it is shown this once, and not stored.',
        ],
      });
    };
  },
};

export const licenceCommands: readonly Command[] = [createLicenceCommand, listLicencesCommand, createBundleCommand];

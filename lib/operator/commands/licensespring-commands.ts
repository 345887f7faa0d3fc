import { blacklistDevice } from '@/lib/operations/licensespring/blacklist-device';
import { createIssuer } from '@/lib/operations/licensespring/create-issuer';
import { createClient, listClients, withdrawClient } from '@/lib/operations/licensespring/manage-clients';
import { setProduct } from '@/lib/operations/licensespring/set-product';
import { showIssuer } from '@/lib/operations/licensespring/show-issuer';
import { done, perform } from '@/lib/operations/operation';
import type { Command } from '../command-line/command';
import { UsageError } from '../command-line/command';
import { listing, performing } from '../command-line/perform-command';
import { licenceCommands } from './licensespring-licence-commands';
import { given, readSwitch } from './terms';

const createIssuerCommand = performing({
  name: 'licensespring issuer create',
  summary: 'Make the keys for files in LicenseSpring’s documented offline format. Once.',
  options: { 'company-id': { type: 'string', value: 'N', help: 'Number of the company in answers (default: a new one).' } },
  operation: createIssuer,
  input: (typed) => ({ companyId: typed.number('company-id') }),
  say: ({ companyId, apiKey, clientId }) => [
    `Made an RSA-4096 key pair, the api key ${apiKey} and the OAuth client ${clientId} of the company ${companyId}.`,
    'Next: licensespring issuer show prints what applications are built with.',
  ],
});

const showIssuerCommand: Command = {
  name: 'licensespring issuer show',
  summary: 'Print what applications are built with: public key, api key and shared key, OAuth client and secret.',
  options: {},
  plan: () => async (context) => {
    const result = await perform(showIssuer, {}, context);
    if (!result.ok) return result;
    const { apiKey, sharedKey, clientId, clientSecret, publicPem, companyId } = result.value;
    const json = {
      api_key: apiKey,
      shared_key: sharedKey,
      client_id: clientId,
      client_secret: clientSecret,
      public_key_pem: publicPem,
      company_id: companyId,
    };
    const lines = [
      `Api key:       ${apiKey}`,
      `Shared key:    ${sharedKey}`,
      `OAuth client:  ${clientId}`,
      `Client secret: ${clientSecret}`,
      `Company:       ${companyId}`,
      publicPem.trimEnd(),
      'Shared key and client secret are built into applications, and are secrets of yours as far as those keep them.',
    ];
    return done({ json, isBare: true, lines });
  },
};

const createClientCommand = performing({
  name: 'licensespring client create',
  summary: 'Make another api key with a shared key, or another OAuth client.',
  options: {
    kind: { type: 'string', value: 'KIND', help: 'api-key (default) or oauth.' },
    product: { type: 'string', multiple: true, value: 'SHORT', help: 'A product it may be used for (default: all).' },
    label: { type: 'string', value: 'TEXT', help: 'What you know it by.' },
  },
  operation: createClient,
  input: (typed) => ({ kind: typed.text('kind'), products: typed.texts('product'), label: typed.text('label') }),
  say: ({ id, kind, secret, products }) => [
    `Made the ${kind === 'oauth' ? 'OAuth client' : 'api key'} ${id}, for ${products === null ? 'all products' : products.join(', ')}.`,
    `${kind === 'oauth' ? 'Client secret' : 'Shared key'}: ${secret}`,
  ],
});

const listClientsCommand = listing({
  name: 'licensespring client list',
  summary: 'List api keys and OAuth clients.',
  operation: listClients,
  columns: {
    id: (client) => client.id,
    kind: (client) => client.kind,
    products: (client) => client.productCodes?.join(', ') ?? 'all',
    label: (client) => client.label,
    created: (client) => client.createdAt,
    withdrawn: (client) => client.withdrawnAt,
  },
});

const withdrawClientCommand = performing({
  name: 'licensespring client withdraw',
  summary: 'Refuse new files under an api key or OAuth client from now on.',
  positionals: 'ID',
  options: {},
  operation: withdrawClient,
  input: ({ positionals: [id] }) => ({ id }),
  say: ({ id, changed }) => [changed ? `${id} is withdrawn.` : `${id} was withdrawn already.`],
});

function readSchema(text: string): 1 | 2 {
  if (text === '1' || text === '2') return text === '1' ? 1 : 2;
  throw new UsageError(`expected 1 or 2 for --schema, found ${JSON.stringify(text)}`);
}

/** What a vendor takes upon them with requests of the first version. */
function warnOfVersion1(code: string): string[] {
  return [
    'Requests of version 1 are taken as well. They sign neither the product nor what they ask for: whoever has an activation file that was not',
    'brought yet can make a deactivation of it, and free the seat of a machine that runs on.',
    `Take them no longer with: licensespring product set ${code} --schema 2`,
  ];
}

const setProductCommand = performing({
  name: 'licensespring product set',
  summary: 'Change what is taken and issued for a product. What is not named stays.',
  positionals: 'SHORT',
  options: {
    schema: {
      type: 'string',
      value: '1|2',
      help: 'Lowest version of requests that is taken (new products: 2). In version 1 anybody can turn an activation into a deactivation.',
    },
    disabled: { type: 'string', value: 'on|off', help: 'Issue nothing for it at the moment.' },
    archived: { type: 'string', value: 'on|off', help: 'Issue nothing more for it: it is no longer sold.' },
  },
  operation: setProduct,
  input: (typed) => ({
    code: typed.positionals[0],
    minimumSchema: given(typed.text('schema'), readSchema),
    isDisabled: given(typed.text('disabled'), (text) => readSwitch(text, 'disabled')),
    isArchived: given(typed.text('archived'), (text) => readSwitch(text, 'archived')),
  }),
  say: ({ code, changed, minimumSchema }) => [
    changed ? `Changed the product ${code}.` : `The product ${code} was so already.`,
    ...(minimumSchema === 1 ? warnOfVersion1(code) : []),
  ],
});

const blacklistCommand = performing({
  name: 'licensespring licence blacklist',
  summary: 'Refuse a device everything on a licence from now on.',
  positionals: 'ENTITLEMENT-ID',
  options: {
    'hardware-id': { type: 'string', value: 'ID', required: true, help: 'The device, as its files name it.' },
    remove: { type: 'boolean', help: 'Refuse it no longer.' },
  },
  operation: blacklistDevice,
  input: (typed) => ({
    entitlementId: typed.positionals[0],
    hardwareId: typed.text('hardware-id'),
    remove: typed.flag('remove'),
  }),
  say: ({ entitlementId, isBlacklisted, changed }) => [
    `The device is ${changed ? '' : 'already '}${isBlacklisted ? 'refused' : 'not refused'} on ${entitlementId}.`,
  ],
});

export const licenseSpringCommands: readonly Command[] = [
  createIssuerCommand,
  showIssuerCommand,
  createClientCommand,
  listClientsCommand,
  withdrawClientCommand,
  setProductCommand,
  ...licenceCommands,
  blacklistCommand,
];

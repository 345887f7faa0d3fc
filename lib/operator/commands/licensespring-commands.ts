import type { Reader } from '@/lib/command-line/command';
import { onOrOff } from '@/lib/command-line/readers';
import { blacklistDevice } from '@/lib/operations/licensespring/blacklist-device';
import { createIssuer } from '@/lib/operations/licensespring/create-issuer';
import { createClient, listClients, withdrawClient } from '@/lib/operations/licensespring/manage-clients';
import { setProduct } from '@/lib/operations/licensespring/set-product';
import { showIssuer } from '@/lib/operations/licensespring/show-issuer';
import { licenceCommands } from './licensespring-licence-commands';
import type { OperatorCommand } from './perform-command';
import { listing, saying } from './perform-command';

const createIssuerCommand = saying({
  words: 'licensespring issuer create',
  summary: 'Make the keys for files in LicenseSpring’s documented offline format. Once.',
  example: '',
  operation: createIssuer,
  options: { companyId: { flags: '--company-id N', help: 'Number of the company in answers.', fallback: 'a new one' } },
  say: ({ companyId, apiKey, clientId }) => [
    `Made an RSA-4096 key pair, the api key ${apiKey} and the OAuth client ${clientId} of the company ${companyId}.`,
    'Next: licensespring issuer show prints what applications are built with.',
  ],
});

const showIssuerCommand = saying({
  words: 'licensespring issuer show',
  summary: 'Print what applications are built with: public key, api key and shared key, OAuth client and secret.',
  example: '--json',
  operation: showIssuer,
  isBare: true,
  json: ({ apiKey, sharedKey, clientId, clientSecret, publicPem, companyId }) => ({
    api_key: apiKey,
    shared_key: sharedKey,
    client_id: clientId,
    client_secret: clientSecret,
    public_key_pem: publicPem,
    company_id: companyId,
  }),
  say: ({ apiKey, sharedKey, clientId, clientSecret, publicPem, companyId }) => [
    `Api key:       ${apiKey}`,
    `Shared key:    ${sharedKey}`,
    `OAuth client:  ${clientId}`,
    `Client secret: ${clientSecret}`,
    `Company:       ${companyId}`,
    publicPem.trimEnd(),
    'Shared key and client secret are built into applications, and are secrets of yours as far as those keep them.',
  ],
});

const createClientCommand = saying({
  words: 'licensespring client create',
  summary: 'Make another api key with a shared key, or another OAuth client.',
  example: '--kind oauth --label "Build server"',
  operation: createClient,
  options: {
    kind: { flags: '--kind KIND', help: 'What is made.' },
    products: { flags: '--product SHORT', help: 'A product it may be used for.', fallback: 'all' },
    label: { flags: '--label TEXT', help: 'What you know it by.' },
  },
  say: ({ id, kind, secret, products }) => [
    `Made the ${kind === 'oauth' ? 'OAuth client' : 'api key'} ${id}, for ${products === null ? 'all products' : products.join(', ')}.`,
    `${kind === 'oauth' ? 'Client secret' : 'Shared key'}: ${secret}`,
  ],
});

const listClientsCommand = listing({
  words: 'licensespring client list',
  summary: 'List api keys and OAuth clients.',
  example: '',
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

const withdrawClientCommand = saying({
  words: 'licensespring client withdraw',
  summary: 'Refuse new files under an api key or OAuth client from now on.',
  example: 'b7f1d2c4',
  operation: withdrawClient,
  options: { id: { flags: 'ID', help: 'The api key or OAuth client.' } },
  say: ({ id, changed }) => [changed ? `${id} is withdrawn.` : `${id} was withdrawn already.`],
});

const schemaVersion: Reader<number> = {
  expects: '1 or 2',
  read: (text) => (text === '1' || text === '2' ? Number(text) : undefined),
};

/** Warns of the risk of accepting requests of version 1. */
function warnOfVersion1(code: string): string[] {
  return [
    'Requests of version 1 are taken as well. They sign neither the product nor what they ask for: whoever has an activation file that was not',
    'brought yet can make a deactivation of it, and free the seat of a machine that runs on.',
    `Take them no longer with: licensespring product set ${code} --schema 2`,
  ];
}

const setProductCommand = saying({
  words: 'licensespring product set',
  summary: 'Change what is taken and issued for a product. What is not named stays.',
  example: 'press --schema 2',
  operation: setProduct,
  options: {
    code: { flags: 'SHORT', help: 'Short code of the product.' },
    minimumSchema: {
      flags: '--schema 1|2',
      reader: schemaVersion,
      help: 'Lowest version of requests that is taken (new products: 2). In version 1 anybody can turn an activation into a deactivation.',
    },
    isDisabled: { flags: '--disabled on|off', reader: onOrOff, help: 'Issue nothing for it at the moment.' },
    isArchived: { flags: '--archived on|off', reader: onOrOff, help: 'Issue nothing more for it: it is no longer sold.' },
  },
  say: ({ code, changed, minimumSchema }) => [
    changed ? `Changed the product ${code}.` : `The product ${code} was so already.`,
    ...(minimumSchema === 1 ? warnOfVersion1(code) : []),
  ],
});

const blacklistCommand = saying({
  words: 'licensespring licence blacklist',
  summary: 'Refuse a device everything on a licence from now on.',
  example: '0198c5c4-7a11-7c55-9d0e-3f0a2b6c1d22 --hardware-id 4d2f',
  operation: blacklistDevice,
  options: {
    entitlementId: { flags: 'ENTITLEMENT-ID', help: 'The licence.' },
    hardwareId: { flags: '--hardware-id ID', help: 'The device, as its files name it.' },
    remove: { flags: '--remove', help: 'Refuse it no longer.' },
  },
  say: ({ entitlementId, isBlacklisted, changed }) => [
    `The device is ${changed ? '' : 'already '}${isBlacklisted ? 'refused' : 'not refused'} on ${entitlementId}.`,
  ],
});

export const licenseSpringCommands: readonly OperatorCommand[] = [
  createIssuerCommand,
  showIssuerCommand,
  createClientCommand,
  listClientsCommand,
  withdrawClientCommand,
  setProductCommand,
  ...licenceCommands,
  blacklistCommand,
];

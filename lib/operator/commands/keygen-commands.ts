import type { KeygenPublicForms } from '@/lib/dialects/keygen/issuer';
import { createKeygenKeys, listKeygenKeys, rotateKeygenKeys, showKeygenPublic } from '@/lib/operations/keygen/manage-issuers';
import { keygenIssueCommand } from './keygen-issue';
import type { OperatorCommand } from './perform-command';
import { listing, saying } from './perform-command';

const createKeys = saying({
  words: 'keygen keys create',
  summary: 'Make the keys that software built for Keygen verifies with: Ed25519, RSA and ECDSA.',
  example: '',
  operation: createKeygenKeys,
  say: ({ account }) => [`Made the keys of the account ${account}.`, 'Next: keygen public shows what software is built with.'],
});

const rotateKeys = saying({
  words: 'keygen keys rotate',
  summary: 'Put new keys for software built for Keygen into use. What is out stays good with the old ones.',
  example: '',
  operation: rotateKeygenKeys,
  say: ({ account }) => [
    `New keys of the account ${account} sign from now on.`,
    'Software that is to accept what they sign has to be built with them: keygen public shows them.',
    'A portal that is running sees the new keys within ten seconds.',
  ],
});

const listKeys = listing({
  words: 'keygen keys list',
  summary: 'List the keys for software built for Keygen.',
  example: '',
  operation: listKeygenKeys,
  columns: {
    keys: (keys) => keys.kid,
    account: (keys) => keys.account,
    Ed25519: (keys) => keys.ed25519Hex,
    made: (keys) => keys.createdAt,
    retired: (keys) => keys.retiredAt,
  },
});

/** Formats the public keys as lines. */
function describePublicKeys(keys: KeygenPublicForms): string[] {
  return [
    `Account: ${keys.account}`,
    `Ed25519: ${keys.ed25519Hex}`,
    `Ed25519, DER in base64: ${keys.ed25519DerB64}`,
    'RSA:',
    keys.rsaPem.trimEnd(),
    `RSA, PEM in base64: ${keys.rsaPemB64}`,
    'ECDSA P-256:',
    keys.ecPem.trimEnd(),
  ];
}

const showPublic = saying({
  words: 'keygen public',
  summary: 'Show the public keys that software built for Keygen verifies with, in every form.',
  example: '',
  operation: showKeygenPublic,
  say: describePublicKeys,
});

export const keygenCommands: readonly OperatorCommand[] = [createKeys, rotateKeys, listKeys, showPublic, keygenIssueCommand];

import type { Overdraft } from '@/lib/licensing/seats/overdraft';
import type { Option, Typed } from '../command-line/command';
import { UsageError } from '../command-line/command';
import { given, readSwitch } from './terms';

/** Options of an offering that software built for Keygen is served by. */
export const KEYGEN_OPTIONS = {
  'keygen-scheme': {
    type: 'string',
    value: 'SCHEME',
    help: 'Serve software built for Keygen, with keys such as ED25519_SIGN, or none.',
  },
  'keygen-ttl': {
    type: 'string',
    value: 'SECONDS',
    help: 'How long its files last (default a month), or lease: as the lease rule lets.',
  },
  'keygen-algorithm': {
    type: 'string',
    value: 'NAME',
    help: 'What signs its files: ed25519 (default), rsa-pss-sha256, rsa-sha256, ecdsa-p256.',
  },
  'keygen-encrypted': { type: 'string', value: 'YES|NO', help: 'Whether its files are encrypted (default yes).' },
  'keygen-license-include': { type: 'string', multiple: true, value: 'NAME', help: 'What licence files bring along.' },
  'keygen-machine-include': {
    type: 'string',
    multiple: true,
    value: 'NAME',
    help: 'What machine files bring along, beside the licence.',
  },
  'keygen-key-template': {
    type: 'string',
    value: 'TEXT',
    help: 'What keys say, such as {{id}} {{expiry}} (default: the usual dataset).',
  },
  'keygen-proofs': {
    type: 'string',
    value: 'on|off',
    help: 'Make activation proofs, which have no end: who keeps one keeps a released seat (default off).',
  },
  'keygen-proof-template': { type: 'string', value: 'TEXT', help: 'What activation proofs say (default: the usual dataset).' },
  'keygen-unique-in': {
    type: 'string',
    value: 'RANGE',
    help: 'A fingerprint is activated once in: licence (default), product or vendor.',
  },
  'keygen-needs-fingerprint': {
    type: 'string',
    value: 'YES|NO',
    help: 'Whether a key is valid for a machine only (default no).',
  },
  'keygen-guests': {
    type: 'string',
    value: 'YES|NO',
    help: 'Take what a device shows, which is unsigned, without signing in (default no).',
  },
  'keygen-overage': { type: 'string', value: 'RULE', help: 'Instead of --overdraft: none, 1.25x, 1.5x, 2x or always.' },
} as const satisfies Record<string, Option>;

const OVERAGE: Readonly<Record<string, Overdraft>> = {
  none: { kind: 'none' },
  '1.25x': { kind: 'percent', percent: 25 },
  '1.5x': { kind: 'percent', percent: 50 },
  '2x': { kind: 'percent', percent: 100 },
  always: { kind: 'unlimited' },
};

/** The overdraft that an overage strategy means; undefined when none was typed. @throws UsageError */
export function readOverage(typed: Typed): Overdraft | undefined {
  const text = typed.text('keygen-overage');
  if (text === undefined) return undefined;
  if (typed.text('overdraft') !== undefined) throw new UsageError('expected either --overdraft or --keygen-overage');
  const overdraft = Object.hasOwn(OVERAGE, text) ? OVERAGE[text] : undefined;
  if (overdraft !== undefined) return overdraft;
  throw new UsageError(`expected ${Object.keys(OVERAGE).join(', ')} for --keygen-overage, found ${JSON.stringify(text)}`);
}

function yesOrNo(typed: Typed, option: string): boolean | undefined {
  const text = typed.text(option);
  if (text === undefined) return undefined;
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new UsageError(`expected yes or no for --${option}, found ${JSON.stringify(text)}`);
}

function listed(typed: Typed, option: string): string[] | undefined {
  const texts = typed.texts(option);
  return texts.length === 0 ? undefined : texts;
}

/** A scheme by its name; null for `none`, a plain key; undefined when it was not typed. */
function readScheme(text: string | undefined): string | null | undefined {
  return text === 'none' ? null : text;
}

/** The policy that was typed; undefined when the offering is not for software built for Keygen. @throws UsageError */
export function readKeygenPolicy(typed: Typed): object | undefined {
  const policy = {
    scheme: readScheme(typed.text('keygen-scheme')),
    ttlSeconds: typed.text('keygen-ttl') === 'lease' ? null : typed.number('keygen-ttl'),
    algorithm: typed.text('keygen-algorithm'),
    encrypted: yesOrNo(typed, 'keygen-encrypted'),
    licenceIncludes: listed(typed, 'keygen-license-include'),
    machineIncludes: listed(typed, 'keygen-machine-include'),
    keyTemplate: typed.text('keygen-key-template'),
    proofs: given(typed.text('keygen-proofs'), (text) => readSwitch(text, 'keygen-proofs')),
    proofTemplate: typed.text('keygen-proof-template'),
    fingerprintUniqueIn: typed.text('keygen-unique-in'),
    needsFingerprint: yesOrNo(typed, 'keygen-needs-fingerprint'),
    guests: yesOrNo(typed, 'keygen-guests'),
  };
  if (policy.proofTemplate !== undefined && policy.proofs !== true)
    throw new UsageError('expected --keygen-proofs on beside --keygen-proof-template');
  if (policy.scheme !== undefined) return policy;
  const alone = Object.keys(KEYGEN_OPTIONS).find((option) => option !== 'keygen-overage' && isTyped(typed, option));
  if (alone === undefined) return undefined;
  throw new UsageError(`expected --keygen-scheme beside --${alone}`);
}

function isTyped(typed: Typed, option: string): boolean {
  return typed.text(option) !== undefined || typed.texts(option).length > 0;
}

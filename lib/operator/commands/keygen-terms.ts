import type { Options, Reader } from '@/lib/command-line/command';
import { UsageError } from '@/lib/command-line/command';
import { onOrOff, wholeNumber, yesOrNo } from '@/lib/command-line/readers';
import type { Overdraft } from '@/lib/licensing/seats/overdraft';
import { part } from './perform-command';
import { overdraft } from './terms';

const OVERAGE: Readonly<Record<string, Overdraft>> = {
  none: { kind: 'none' },
  '1.25x': { kind: 'percent', percent: 25 },
  '1.5x': { kind: 'percent', percent: 50 },
  '2x': { kind: 'percent', percent: 100 },
  always: { kind: 'unlimited' },
};

/** The overdraft that an overage strategy means. */
const overage: Reader<Overdraft> = {
  expects: Object.keys(OVERAGE).join(', '),
  read: (text) => (Object.hasOwn(OVERAGE, text) ? OVERAGE[text] : undefined),
};

/** Reads a number, and a word for null. */
function orNull<Value>(word: string, reader: Reader<Value>): Reader<Value | null> {
  return { expects: `${reader.expects}, or ${word}`, read: (text) => (text === word ? null : reader.read(text)) };
}

const anyText: Reader<string> = { expects: 'some text', read: (text) => text };

/** Whether activation proofs are made. */
export const KEYGEN_PROOFS = {
  flags: '--keygen-proofs on|off',
  reader: onOrOff,
  help: 'Make activation proofs, which have no end: who keeps one keeps a released seat.',
} as const;

/** Options of an offering for software built for Keygen, by the fields of its policy. */
const POLICY = {
  scheme: {
    flags: '--keygen-scheme SCHEME',
    reader: orNull('none', anyText),
    help: 'Serve software built for Keygen, with keys such as ED25519_SIGN, or none.',
  },
  ttlSeconds: {
    flags: '--keygen-ttl SECONDS',
    reader: orNull('lease', wholeNumber),
    help: 'How long its files last, or lease: as the lease rule lets.',
    fallback: 'a month',
  },
  algorithm: {
    flags: '--keygen-algorithm NAME',
    help: 'What signs its files: ed25519, rsa-pss-sha256, rsa-sha256 or ecdsa-p256.',
    fallback: 'ed25519',
  },
  encrypted: {
    flags: '--keygen-encrypted YES|NO',
    reader: yesOrNo,
    help: 'Whether its files are encrypted.',
    fallback: 'yes',
  },
  licenceIncludes: { flags: '--keygen-license-include NAME', isRepeated: true, help: 'What licence files bring along.' },
  machineIncludes: {
    flags: '--keygen-machine-include NAME',
    isRepeated: true,
    help: 'What machine files bring along, beside the licence.',
  },
  keyTemplate: {
    flags: '--keygen-key-template TEXT',
    help: 'What keys say, such as {{id}} {{expiry}}.',
    fallback: 'the usual dataset',
  },
  proofs: { ...KEYGEN_PROOFS, fallback: 'off' },
  proofTemplate: { flags: '--keygen-proof-template TEXT', help: 'What activation proofs say.', fallback: 'the usual dataset' },
  fingerprintUniqueIn: {
    flags: '--keygen-unique-in RANGE',
    help: 'A fingerprint is activated once in: licence, product or vendor.',
    fallback: 'licence',
  },
  needsFingerprint: {
    flags: '--keygen-needs-fingerprint YES|NO',
    reader: yesOrNo,
    help: 'Whether a key is valid for a machine only.',
    fallback: 'no',
  },
  guests: {
    flags: '--keygen-guests YES|NO',
    reader: yesOrNo,
    help: 'Take what a device shows, which is unsigned, without signing in.',
    fallback: 'no',
  },
} as const satisfies Options;

/** The Keygen policy of an offering; no fields for an offering without one. */
export const KEYGEN_POLICY = part(POLICY, (typed) => {
  const { licenceIncludes, machineIncludes } = typed;
  const policy = {
    ...typed,
    licenceIncludes: licenceIncludes.length === 0 ? undefined : licenceIncludes,
    machineIncludes: machineIncludes.length === 0 ? undefined : machineIncludes,
  };
  if (policy.proofTemplate !== undefined && policy.proofs !== true)
    throw new UsageError('expected --keygen-proofs on beside --keygen-proof-template');
  if (policy.scheme !== undefined) return { keygen: policy };
  const alone = Object.entries(policy).find(([, value]) => value !== undefined)?.[0];
  if (alone === undefined) return {};
  const flags = Object.entries(POLICY).find(([field]) => field === alone)?.[1].flags ?? alone;
  throw new UsageError(`expected --keygen-scheme beside ${flags.split(' ')[0]}`);
});

/** The overdraft, in the portal's terms or in Keygen's. */
export const OVERDRAFT = part(
  {
    overdraft: {
      flags: '--overdraft KIND',
      reader: overdraft,
      help: 'Seats above those bought: none, absolute:N, percent:N or unlimited.',
      fallback: 'none',
    },
    overage: {
      flags: '--keygen-overage RULE',
      reader: overage,
      help: 'Instead of --overdraft: none, 1.25x, 1.5x, 2x or always.',
    },
  },
  ({ overdraft: ours, overage: theirs }) => {
    if (ours !== undefined && theirs !== undefined) throw new UsageError('expected either --overdraft or --keygen-overage');
    return { overdraft: theirs ?? ours };
  },
);

/** An offering, as far as its columns need it. */
interface PolicyListed {
  readonly keygen: Readonly<Record<string, unknown>> | null;
}

/** Columns of a list of offerings for their Keygen policies. */
export const KEYGEN_OFFERING_COLUMNS = {
  'keygen scheme': (offering: PolicyListed) => (offering.keygen === null ? '' : String(offering.keygen.scheme ?? 'none')),
  'keygen proofs': (offering: PolicyListed) => (offering.keygen?.proofs === true ? 'on' : 'off'),
};

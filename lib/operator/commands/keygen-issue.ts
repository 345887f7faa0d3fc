import type { Reader } from '@/lib/command-line/command';
import { UsageError } from '@/lib/command-line/command';
import { writeNewFile } from '@/lib/command-line/named-files';
import { oneOf, readText } from '@/lib/command-line/readers';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { OperationContext } from '@/lib/operations/context';
import { downloadReply, showExchange } from '@/lib/operations/exchange/show-exchange';
import { activateMachine } from '@/lib/operations/keygen/check-out';
import { fileOptionsInput, licenceTerms, machineTerms } from '@/lib/operations/keygen/file-terms';
import { issueKey } from '@/lib/operations/keygen/issue-key';
import { issueLicenceFile } from '@/lib/operations/keygen/issue-licence-file';
import { findKeygenMachine, issueProof } from '@/lib/operations/keygen/issue-proof';
import { policyOf } from '@/lib/operations/keygen/keygen-policy';
import { showLicence } from '@/lib/operations/keygen/show-licence';
import type { Result } from '@/lib/operations/operation';
import { done, perform, refuse } from '@/lib/operations/operation';
import type { Answer } from './perform-command';
import { planning } from './perform-command';

const KINDS = ['key', 'proof', 'license-file', 'machine-file'] as const;
type Kind = (typeof KINDS)[number];

/** The typed options, parsed. */
interface Issuing {
  readonly kind: Kind;
  readonly entitlementId: string;
  readonly fingerprint: string;
  readonly scheme: string | undefined;
  readonly asked: { readonly ttlSeconds?: number; readonly algorithm?: string; readonly include?: readonly string[] };
  readonly file: string;
}

/** The text of the file that was made, and further members of the JSON. */
interface Made {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

const seconds: Reader<number> = {
  expects: 'seconds',
  read: (text) => (/^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined),
};

/** Issues files for software built for Keygen without a browser. */
export const keygenIssueCommand = planning({
  words: 'keygen issue',
  summary: 'Issue what software built for Keygen reads: key, proof, license-file or machine-file.',
  example: 'machine-file --entitlement 0198c5c4-7a11-7c55-9d0e-3f0a2b6c1d22 --fingerprint 4d:2f --out machine.lic',
  options: {
    kind: { flags: 'KIND', help: 'key, proof, license-file or machine-file.' },
    entitlementId: {
      flags: '--entitlement ID',
      isRequired: true,
      help: 'The entitlement. One without a licence key gets it now.',
    },
    fingerprint: {
      flags: '--fingerprint TEXT',
      help: 'The machine, for proof and machine-file. It takes a seat unless it has one.',
    },
    scheme: {
      flags: '--scheme SCHEME',
      help: 'Of the key, such as ED25519_SIGN, or none; a key that is there never changes.',
    },
    algorithm: { flags: '--algorithm NAME', help: 'Of the file, such as aes-256-gcm+ed25519 or base64+rsa-sha256.' },
    ttlSeconds: { flags: '--ttl SECONDS', reader: seconds, help: 'How long the file is to last; never longer than a lease.' },
    include: { flags: '--include NAME', isRepeated: true, help: 'What the file is to bring along.' },
    file: { flags: '--out FILE', isRequired: true, help: 'New file.' },
  },
  plan({ kind: word, fingerprint = '', ttlSeconds, algorithm, include: typed, ...named }) {
    const kind = readText(oneOf(KINDS), word, 'KIND');
    const isOfMachine = kind === 'proof' || kind === 'machine-file';
    if (isOfMachine && fingerprint === '') throw new UsageError(`expected --fingerprint TEXT for a ${kind}`);
    const include = typed.flatMap((names) => names.split(','));
    const asked = {
      ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
      ...(algorithm === undefined ? {} : { algorithm }),
      ...(include.length === 0 ? {} : { include }),
    };
    return (context) => issue(context, { ...named, kind, fingerprint, asked });
  },
});

async function issue(context: OperationContext, issuing: Issuing): Promise<Result<Answer>> {
  const { kind, entitlementId, scheme, file, asked } = issuing;
  // First, so that a refused file makes no key and takes no seat.
  const terms = (kind === 'license-file' ? licenceTerms : machineTerms)(
    fileOptionsInput.parse(asked),
    policyOf({ policy: null }),
  );
  if (!terms.ok) return terms;
  if (kind === 'proof') {
    const shown = await perform(showLicence, { entitlementId }, context);
    if (!shown.ok) return shown;
    if (!shown.value.policy.proofs) return refuse(reject('keygen-proofs-off'));
  }
  const key = await perform(issueKey, { entitlementId, scheme }, context);
  if (!key.ok) return key;
  const made = kind === 'key' ? done<Made>({ text: key.value.key, json: {} }) : await make(context, { ...issuing, kind });
  if (!made.ok) return made;
  writeNewFile(file, { text: made.value.text, mode: 0o600 });
  const { key: licenceKey, scheme: madeIn, isNew } = key.value;
  return done({
    json: { kind, file, entitlement: entitlementId, key: licenceKey, scheme: madeIn, isNewKey: isNew, ...made.value.json },
    lines: [`Wrote ${file}: the ${kind} of the entitlement ${entitlementId}.`],
  });
}

/** Issues the file as an exchange, and reads its stored bytes back. */
async function make(
  context: OperationContext,
  issuing: Issuing & { readonly kind: Exclude<Kind, 'key'> },
): Promise<Result<Made>> {
  const written = await write(context, issuing);
  if (!written.ok) return written;
  const { exchangeId } = written.value;
  const reply = await perform(downloadReply, { exchangeId }, context);
  if (!reply.ok) return reply;
  const shown = await perform(showExchange, { exchangeId }, context);
  if (!shown.ok) return shown;
  const { activationId, leaseEndsAt } = shown.value.exchange;
  return done({
    text: reply.value.text,
    json: { name: reply.value.name, exchange: exchangeId, machine: activationId, expiry: leaseEndsAt },
  });
}

async function write(
  context: OperationContext,
  { kind, entitlementId, fingerprint, asked }: Issuing & { readonly kind: Exclude<Kind, 'key'> },
): Promise<Result<{ readonly exchangeId: string }>> {
  switch (kind) {
    case 'license-file':
      return perform(issueLicenceFile, { entitlementId, asked }, context);
    case 'machine-file':
      return perform(activateMachine, { entitlementId, fingerprint, asked }, context);
    case 'proof':
      return prove(context, { entitlementId, fingerprint });
  }
}

/** Issues a proof. A machine without a seat is activated first, because a proof states that it has one. */
async function prove(
  context: OperationContext,
  machine: { entitlementId: string; fingerprint: string },
): Promise<Result<{ readonly exchangeId: string }>> {
  const known = await perform(findKeygenMachine, machine, context);
  if (!known.ok) return known;
  const { activationId } = known.value;
  if (activationId !== null) return perform(issueProof, { activationId }, context);
  const activated = await perform(activateMachine, machine, context);
  if (!activated.ok) return activated;
  const shown = await perform(showExchange, { exchangeId: activated.value.exchangeId }, context);
  return shown.ok ? perform(issueProof, { activationId: shown.value.exchange.activationId }, context) : shown;
}

import { reject } from '@/lib/licensing/refusals/rejection';
import type { OperationContext } from '@/lib/operations/context';
import { downloadReply, showExchange } from '@/lib/operations/exchange/show-exchange';
import { activateMachine } from '@/lib/operations/keygen/check-out';
import { askedOfFile, licenceTerms, machineTerms } from '@/lib/operations/keygen/file-terms';
import { issueKey } from '@/lib/operations/keygen/issue-key';
import { issueLicenceFile } from '@/lib/operations/keygen/issue-licence-file';
import { findKeygenMachine, issueProof } from '@/lib/operations/keygen/issue-proof';
import { policyOf } from '@/lib/operations/keygen/keygen-policy';
import { showLicence } from '@/lib/operations/keygen/show-licence';
import type { Result } from '@/lib/operations/operation';
import { done, perform, refuse } from '@/lib/operations/operation';
import type { Answer, Command, Typed } from '../command-line/command';
import { UsageError } from '../command-line/command';
import { writeNewFile } from '../command-line/write-new-file';

const KINDS = ['key', 'proof', 'license-file', 'machine-file'] as const;
type Kind = (typeof KINDS)[number];

/** What was typed, read. */
interface Issuing {
  readonly kind: Kind;
  readonly entitlementId: string;
  readonly fingerprint: string;
  readonly scheme: string | undefined;
  readonly asked: { readonly ttlSeconds?: number; readonly algorithm?: string; readonly include?: readonly string[] };
  readonly file: string;
}

/** What was made: what the file holds, and what programs are told beside. */
interface Made {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Issues what software built for Keygen reads, so that it can be judged without a browser. */
export const keygenIssueCommand: Command = {
  name: 'keygen issue',
  summary: 'Issue what software built for Keygen reads: key, proof, license-file or machine-file.',
  positionals: 'KIND',
  options: {
    entitlement: { type: 'string', value: 'ID', required: true, help: 'The entitlement. One without a licence key gets it now.' },
    fingerprint: {
      type: 'string',
      value: 'TEXT',
      help: 'The machine, for proof and machine-file. It takes a seat unless it has one.',
    },
    scheme: {
      type: 'string',
      value: 'SCHEME',
      help: 'Of the key, such as ED25519_SIGN, or none; a key that is there never changes.',
    },
    algorithm: { type: 'string', value: 'NAME', help: 'Of the file, such as aes-256-gcm+ed25519 or base64+rsa-sha256.' },
    ttl: { type: 'string', value: 'SECONDS', help: 'How long the file is to last; never longer than a lease.' },
    include: { type: 'string', multiple: true, value: 'NAME', help: 'What the file is to bring along.' },
    out: { type: 'string', value: 'FILE', required: true, help: 'New file.' },
  },
  plan(typed) {
    const issuing = read(typed);
    return (context) => issue(context, issuing);
  },
};

function read(typed: Typed): Issuing {
  const [word = ''] = typed.positionals;
  const kind = KINDS.find((each) => each === word);
  if (kind === undefined) throw new UsageError(`expected ${KINDS.join(', ')}, found ${word}`);
  const fingerprint = typed.text('fingerprint') ?? '';
  const isOfMachine = kind === 'proof' || kind === 'machine-file';
  if (isOfMachine && fingerprint === '') throw new UsageError(`expected --fingerprint TEXT for a ${kind}`);
  const ttl = typed.text('ttl');
  if (ttl !== undefined && !/^-?\d{1,15}(\.\d{1,6})?$/.test(ttl))
    throw new UsageError(`expected seconds for --ttl, found ${ttl}`);
  const algorithm = typed.text('algorithm');
  const include = typed.texts('include').flatMap((names) => names.split(','));
  return {
    kind,
    fingerprint,
    entitlementId: typed.text('entitlement') ?? '',
    scheme: typed.text('scheme'),
    asked: {
      ...(ttl === undefined ? {} : { ttlSeconds: Number(ttl) }),
      ...(algorithm === undefined ? {} : { algorithm }),
      ...(include.length === 0 ? {} : { include }),
    },
    file: typed.text('out') ?? '',
  };
}

async function issue(context: OperationContext, issuing: Issuing): Promise<Result<Answer>> {
  const { kind, entitlementId, scheme, file, asked } = issuing;
  // Before a key is made, or a seat taken, for a file that cannot be had.
  const terms = (kind === 'license-file' ? licenceTerms : machineTerms)(askedOfFile.parse(asked), policyOf({ policy: null }));
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

/** Makes what is kept as an exchange, and reads it back as it is kept. */
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

/** A proof says that a machine has a seat: one that has none is given one first. */
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

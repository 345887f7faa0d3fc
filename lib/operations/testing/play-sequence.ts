import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { writeDeactivationProof } from '@/lib/dialects/native/write-proof';
import { writeActivationRequest } from '@/lib/dialects/native/write-request';
import type { Act, Sequence } from '@/lib/licensing/testing/model/acts';
import type { Person } from '@/lib/licensing/testing/model/rows';
import { nativeFingerprint } from '@/lib/licensing/testing/model/world';
import type { KeyPair } from '@/lib/signing/key-pair';
import { generateExchangeKeyPair, generateSigningKeyPair } from '@/lib/signing/key-pair';
import type { Actor } from '../actor';
import { approveClaim } from '../claims/answer-claim';
import { openClaim } from '../claims/open-claim';
import type { OperationContext } from '../context';
import { commitFile } from '../exchange/commit-file';
import { submitFile } from '../exchange/submit-file';
import { issueRefresh } from '../leases/issue-refresh';
import { perform } from '../operation';
import { releaseSeat } from '../seats/release-seat';
import { undoRelease } from '../seats/undo-release';
import { deviceText, makeLicence } from './keygen';
import type { TestEntitlement } from './test-customer';
import { makeCustomer, makeEntitlement, makeSupport } from './test-customer';
import type { TestPortal } from './test-portal';

const START = Date.parse('2026-03-01T12:00:00Z');
const MINUTE_MS = 60_000;

/** The outcome of an act in the portal: `done`, `repeated` or the code of the refusal, and the seats held afterwards. */
export interface RealStep {
  readonly code: string;
  readonly held: readonly number[];
}

interface Keys {
  readonly signing: KeyPair;
  readonly exchange: KeyPair;
}

type Result = { readonly ok: true } | { readonly ok: false; readonly rejection: { readonly code: string } };

const codeOf = (result: Result): string => (result.ok ? 'done' : result.rejection.code);

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

/** Sells the entitlements of a sequence to a customer of its own. */
async function sellTo(portal: TestPortal, { sold }: Sequence) {
  const customer = await makeCustomer(portal);
  const { entitlement, policy, dialects, isUnique } = sold;
  const { reinstalls, returns } = entitlement.allowances;
  const terms = {
    planType: entitlement.planType,
    startsAt: entitlement.startsAt,
    termLength: null,
    termEndsAt: null,
    offlineLeasePeriod: entitlement.offlineLeasePeriod,
    gracePeriod: entitlement.gracePeriod,
    seats: entitlement.seats,
    overdraftKind: entitlement.overdraft.kind,
    overdraftValue: entitlement.overdraft.kind === 'absolute' ? entitlement.overdraft.seats : 0,
    reinstallLimit: reinstalls.times,
    reinstallDays: reinstalls.days,
    returnLimit: returns.times,
    returnDays: returns.days,
    releaseRoles: [...policy.allowedBy],
    releaseApproval: policy.needsApproval,
    releaseLimit: policy.limit?.releases ?? null,
    releaseLimitDays: policy.limit?.days ?? null,
    releaseRule: policy.frees,
    dialects: [...dialects],
  };
  // Files end with their lease.
  const unique = { fingerprintUniqueIn: isUnique ? 'product' : 'licence', ttlSeconds: null } as const;
  const sell = (): Promise<TestEntitlement & { readonly key?: string }> =>
    dialects.includes('keygen')
      ? makeLicence(portal, customer, { terms, policy: unique })
      : makeEntitlement(portal, customer, terms);
  return { customer, support: await makeSupport(portal), entitlements: [await sell(), await sell()] as const };
}

/** Plays a sequence of native and Keygen files with the portal's operations, at the instants of the model. */
export async function playSequence(portal: TestPortal, sequence: Sequence): Promise<RealStep[]> {
  const { customer, support, entitlements } = await sellTo(portal, sequence);
  const actors: Readonly<Record<Exclude<Person, 'guest'>, Actor>> = { member: customer.member, admin: customer.admin, support };
  const of = `${customer.id} `;
  const keys = new Map<string, Keys>();
  const files: { readonly text: string }[] = [];
  const activations: { readonly id: string; readonly keys: Keys | null }[] = [];
  let clock = START;
  let lastClaim: string | null = null;

  const as = (by: Person): OperationContext => {
    if (by === 'guest') throw new Error('expected a person with an account, found a guest');
    return portal.contextFor(actors[by], new Date(clock));
  };

  async function handIn(text: string, by: Person, isAnother = false): Promise<{ code: string; exchangeId: string | null }> {
    const submitted = await perform(submitFile, { fileName: 'request.txt', bytes: new TextEncoder().encode(text) }, as(by));
    if (!submitted.ok) return { code: submitted.rejection.code, exchangeId: null };
    const { submissionId } = submitted.value;
    const answered = await perform(commitFile, { submissionId, ...(isAnother ? { isAnother } : {}) }, as(by));
    if (!answered.ok) return { code: answered.rejection.code, exchangeId: null };
    const { exchangeId, repeated } = answered.value;
    return { code: repeated ? 'repeated' : 'done', exchangeId };
  }

  async function activate(file: { text: string; keys: Keys | null }, by: Person, isAnother: boolean): Promise<string> {
    const { code, exchangeId } = await handIn(file.text, by, isAnother);
    const rows = await portal.db.execute<{ id: string }>(
      sql`select activation_id as id from exchanges where id = ${exchangeId}::uuid`,
    );
    const id = rows[0]?.id;
    if (code === 'done' && id !== undefined && !activations.some((known) => known.id === id))
      activations.push({ id, keys: file.keys });
    return code;
  }

  async function request(act: Extract<Act, { act: 'request' }>): Promise<string> {
    const { dialect, described, on, by, isAnother, isKept } = act;
    const entitlement = entitlements[on];
    const own = dialect === 'native' ? await keysOf(`${on} ${act.keys}`) : null;
    const text =
      own === null
        ? deviceText(entitlement.key, `${of}name-${described.name}`)
        : nativeFile(own, { act, code: entitlement.code });
    const file = { text, keys: own };
    files.push(file);
    return isKept ? 'kept' : activate(file, by, isAnother);
  }

  async function keysOf(name: string): Promise<Keys> {
    const known = keys.get(name) ?? { signing: await generateSigningKeyPair(), exchange: await generateExchangeKeyPair() };
    keys.set(name, known);
    return known;
  }

  const to = { vendorId: portal.vendorId, exchangeJwk: portal.exchangeJwk };

  function nativeFile(own: Keys, { act, code }: { act: Extract<Act, { act: 'request' }>; code: string }): string {
    const seen = nativeFingerprint(act.described);
    const components = Object.fromEntries(Object.entries(seen.components).map(([name, value]) => [name, digest(of + value)]));
    const device = {
      name: 'Machine',
      platform: 'linux',
      hostname: null,
      appVersion: null,
      fingerprint: { version: 1, components },
    };
    const content = {
      ...{ requestId: randomUUID(), issuedAt: new Date(clock), productCode: 'press-control', activationCode: code },
      ...{ entitlementId: null, device, requestedLease: null },
    };
    return writeActivationRequest({ to, keys: own, content }).text;
  }

  async function prove({ id, keys: own }: { id: string; keys: Keys | null }): Promise<string> {
    if (own === null) return 'nothing';
    const content = {
      ...{ requestId: randomUUID(), issuedAt: new Date(clock), activationId: id, leaseSequence: 1, usage: {}, reason: null },
      ...{ deviceName: 'Machine', productCode: 'press-control' },
    };
    return (await handIn(writeDeactivationProof({ to, signing: own.signing, content }).text, 'admin')).code;
  }

  async function step(act: Act): Promise<string> {
    clock += act.act === 'wait' ? act.hours * 60 * MINUTE_MS : MINUTE_MS;
    switch (act.act) {
      case 'wait':
        return 'done';
      case 'request':
        return request(act);
      case 'turn-round':
        return 'nothing';
      case 'again': {
        const file = files[act.file % Math.max(1, files.length)];
        return file === undefined ? 'nothing' : activate({ keys: null, ...file }, act.by, false);
      }
      case 'approve': {
        if (lastClaim === null) return 'nothing';
        return codeOf(await perform(approveClaim, { claimId: lastClaim, answer: 'Yes' }, as(act.by)));
      }
      case 'prove':
      case 'refresh':
      case 'release':
      case 'claim':
      case 'undo': {
        const activation = activations[act.activation % Math.max(1, activations.length)];
        return activation === undefined ? 'nothing' : ofActivation(act, activation);
      }
    }
  }

  async function ofActivation(
    act: Extract<Act, { activation: number }>,
    activation: { readonly id: string; readonly keys: Keys | null },
  ): Promise<string> {
    const activationId = activation.id;
    switch (act.act) {
      case 'prove':
        return prove(activation);
      case 'refresh':
        return codeOf(await perform(issueRefresh, { activationId }, as('admin')));
      case 'release':
        return codeOf(await perform(releaseSeat, { activationId, reason: 'lost' }, as(act.by)));
      case 'undo':
        return codeOf(await perform(undoRelease, { activationId }, as(act.by)));
      case 'claim': {
        const opened = await perform(openClaim, { activationId, reason: 'lost', note: 'Left in a taxi' }, as(act.by));
        if (opened.ok) lastClaim = opened.value.claimId;
        return codeOf(opened);
      }
    }
  }

  async function held(): Promise<number[]> {
    const at = new Date(clock).toISOString();
    const ids = entitlements.map(({ id }) => id);
    const rows = await portal.db.execute<{ id: string; held: number }>(sql`
      select e.id, e.seats_held - (select count(*)::integer from activations a where a.entitlement_id = e.id
        and a.state in ('active', 'releasing') and a.runs_out_at <= ${at}::timestamptz) as held
      from entitlements e where e.id in (${ids[0]}::uuid, ${ids[1]}::uuid)`);
    return ids.map((id) => rows.find((row) => row.id === id)?.held ?? -1);
  }

  const steps: RealStep[] = [];
  for (const act of sequence.acts) steps.push({ code: await step(act), held: await held() });
  return steps;
}

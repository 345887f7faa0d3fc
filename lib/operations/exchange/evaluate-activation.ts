import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { ActivationCaseRow } from '@/db/exchange/read-activation-case';
import { readActivationCase } from '@/db/exchange/read-activation-case';
import type { Scope } from '@/db/scope';
import type { ActivationRow } from '@/db/seats/activation-json';
import type { Fingerprint } from '@/lib/licensing/devices/fingerprint';
import { countedFingerprint } from '@/lib/licensing/devices/fingerprint';
import { clockSkewSeconds } from '@/lib/licensing/exchange/check-request-age';
import { chooseEntitlement } from '@/lib/licensing/exchange/choose-entitlement';
import type { ActivationCase, DescribedActivation } from '@/lib/licensing/exchange/decide-activation';
import {
  decideActivation,
  decideRepeat,
  earlierFingerprints,
  goingOn,
  rulesFor,
} from '@/lib/licensing/exchange/decide-activation';
import type { Issue, Reject, Repeat } from '@/lib/licensing/exchange/decision';
import type { ActivationRequest } from '@/lib/licensing/exchange/request';
import type { LeaseTerms } from '@/lib/licensing/leases/lease';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { AllowanceLeft } from '@/lib/licensing/seats/allowance';
import { reinstallsLeft } from '@/lib/licensing/seats/allowance';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import { takeOverRulesOf } from '../seats/releaser-of';
import type { HookCase } from './dialect-hooks';
import { hooksOf, unlessRefused } from './dialect-hooks';
import type { KnownDevice } from './known-device';
import { activationOf, findDevice, knownByKey } from './known-device';
import type { OlderActivation } from './older-activation';
import { lookalikeOf, olderOf, wouldDiffer } from './older-activation';

/** What an activation request comes to at this moment. Nothing is changed by finding out. */
export interface EvaluatedActivation {
  readonly kind: 'activation';
  readonly request: ActivationRequest;
  readonly now: Date;
  readonly decision: Issue | Repeat | Reject;
  /** Null when the request names none that this person may use. */
  readonly entitlement: EntitlementRow | null;
  readonly known: KnownDevice | null;
  /** Ids of the devices the fingerprint was compared with. */
  readonly compared: readonly string[];
  /** The components of the request that count, and those of earlier answers that may still run. */
  readonly fingerprint: Fingerprint;
  readonly earlierFingerprints: DescribedActivation['earlierFingerprints'];
  /** Whether it was said to be another machine than the one it looks like. */
  readonly isAnother: boolean;
  /** What is left of the reinstalls that the entitlement allows; null when there is no entitlement to ask. */
  readonly reinstalls: AllowanceLeft | null;
  /** The activation of the machine that this one looks like; null when it looks like none. */
  readonly older: OlderActivation | null;
  /** Whether it would get a seat of its own as well, if it was said to be another machine. */
  readonly mayBeAnother: boolean;
  /** The activation of this device that goes on or is taken over. */
  readonly current: ActivationRow | null;
  /** The code of the request, if it has seats of its own to count against. */
  readonly codeId: string | null;
  /** A released activation whose device came back with this request. */
  readonly cameBackId: string | null;
  readonly clockSkewSeconds: number;
  /** All entitlements that the request asks for, of which this is the first; null when it asks for one. */
  readonly bundle: readonly EvaluatedLine[] | null;
}

/** One entitlement of a bundle. */
export interface EvaluatedLine {
  readonly evaluated: EvaluatedActivation;
  readonly requestKey: string;
}

/** Reads what the request is decided on and decides; preview and commit both do exactly this. */
export async function evaluateActivation(
  context: ActingContext,
  input: { scope: Scope; request: ActivationRequest; requestKey: string; keys: Keys; isAnother?: boolean | undefined },
): Promise<EvaluatedActivation> {
  const { scope, request, requestKey, keys, isAnother = false } = input;
  const found = await readActivationCase(context.db, {
    scope,
    request,
    requestKey,
    codeDigest: await keys.digestCode(request.activationCode, request.codeKind),
    now: context.now,
  });
  const evaluated = await decide(context, {
    found,
    request,
    isAnother,
    termsOf: (entitlement) => leaseTermsOf(context, { keys, request, entitlement, now: found.now }),
  });
  const decided = await withProof(context, { request, decided: evaluated });
  const { decision, entitlement, now } = decided;
  const { dialect } = request;
  return {
    kind: 'activation',
    request,
    clockSkewSeconds: clockSkewSeconds(request.issuedAt, found.now),
    ...decided,
    ...(entitlement !== null && {
      decision: await unlessRefused(context, { dialect, decision, input: hookCase({ keys, request, entitlement, now }) }),
    }),
  };
}

/** What was decided; nothing of the entitlement is told when its code is not all that the dialect asks for, and it was not shown. */
async function withProof(
  context: ActingContext,
  { request, decided }: { request: ActivationRequest; decided: Decided },
): Promise<Decided> {
  const support = hooksOf(request.dialect);
  const { entitlement } = decided;
  if (support?.proves === undefined || entitlement === null) return decided;
  const rejection = await support.proves(context, { request, entitlement });
  return rejection === null ? decided : { ...nothingAt(decided.now), decision: { outcome: 'reject', rejection } };
}

type Decided = Omit<EvaluatedActivation, 'kind' | 'request' | 'clockSkewSeconds'>;

/** What is known when nothing is told. */
export function nothingAt(now: Date): Omit<Decided, 'decision'> {
  const device = {
    known: null,
    compared: [],
    fingerprint: { version: 1, components: {} },
    earlierFingerprints: [],
    isAnother: false,
  };
  const older = { older: null, mayBeAnother: false };
  return {
    now,
    entitlement: null,
    ...device,
    ...older,
    reinstalls: null,
    current: null,
    codeId: null,
    cameBackId: null,
    bundle: null,
  };
}

function hookCase(of: Pick<HookCase, 'keys' | 'entitlement' | 'now'> & { readonly request: ActivationRequest }): HookCase {
  const { deviceKey, device } = of.request;
  return { deviceKey, kept: null, asked: null, beside: null, fingerprint: device.fingerprint, ...of };
}

function leaseTermsOf(context: ActingContext, of: Parameters<typeof hookCase>[0]): Promise<LeaseTerms> | undefined {
  return hooksOf(of.request.dialect)?.lease?.(context, hookCase(of));
}

interface ToDecide {
  readonly found: ActivationCaseRow;
  readonly request: ActivationRequest;
  /** Whether whoever hands the file in says that it is another machine than the one it looks like. */
  readonly isAnother: boolean;
  readonly termsOf: (entitlement: EntitlementRow) => Promise<LeaseTerms> | undefined;
}

async function decide(context: ActingContext, { found, request, isAnother, termsOf }: ToDecide): Promise<Decided> {
  const { now, answered } = found;
  const nothing = nothingAt(now);
  if (found.product?.isBundle === true) {
    const rejection = reject('product-is-bundle', { product: request.productCode ?? 'unknown' });
    return { ...nothing, decision: { outcome: 'reject', rejection } };
  }
  if (answered !== null) {
    const decision = decideRepeat(answered, request, now);
    const entitlement = found.covered.find((covered) => covered.id === answered.activation.entitlementId) ?? null;
    return { ...nothing, entitlement, known: knownByKey(found, request), decision };
  }
  const entitlement = findEntitlement(found, request);
  if ('code' in entitlement) return { ...nothing, decision: { outcome: 'reject', rejection: entitlement } };

  if (found.ofKey?.inScope === false)
    return { ...nothing, decision: { outcome: 'reject', rejection: reject('activated-elsewhere') } };
  const ofThisKey = goingOn(found.ofKey?.activation ?? null, request, now);

  const product = rulesFor(entitlement, request);
  const fingerprint = countedFingerprint(request.device.fingerprint, product);
  const { compared, ...recognised } = findDevice(found, request, product);
  const ofThisDevice = isAnother ? null : activationOf(recognised.known, { found, entitlement, ofThisKey });
  const reinstalls = reinstallsLeft(entitlement, entitlement.freed, now);
  const looksLike = ofThisKey ?? ofThisDevice;
  const asked: ActivationCase = {
    request,
    now,
    entitlement,
    seatsHeld: entitlement.seatsHeld,
    freed: entitlement.freed,
    usage: entitlement.usage,
    product,
    leaseTerms: await termsOf(entitlement),
    ofThisKey,
    ofThisDevice,
    takeOver: takeOverRulesOf(context.actor, { entitlement, activation: looksLike, releases: found.releases, reinstalls }),
  };
  const decision = refuseFullCode(decideActivation(asked), { found, entitlement });
  // What keeps its seat is another machine, as far as the portal is concerned.
  const isApart = (isAnother && ofThisKey === null) || lookalikeOf(decision)?.seat === 'kept';
  const known = isApart ? null : recognised.known;
  const current = isApart ? null : looksLike;
  const codeId = found.code !== null && found.code.seats !== null ? found.code.id : null;
  const cameBackId = ofThisKey && cameBack(decision, ofThisKey);
  const goesOn = current !== null && 'activationId' in decision && decision.activationId === current.id;
  const earlier = goesOn ? earlierFingerprints(current, fingerprint, now) : [];
  return {
    ...{ now, decision, entitlement, known, compared, fingerprint, earlierFingerprints: earlier },
    ...{ isAnother, reinstalls, current, codeId, cameBackId, bundle: null },
    older: looksLike !== null && lookalikeOf(decision) !== null ? olderOf(looksLike, recognised.known) : null,
    mayBeAnother:
      ofThisKey === null && wouldDiffer(decision) && decideActivation({ ...asked, ofThisDevice: null }).outcome === 'grant',
  };
}

/** A code may hold fewer seats than there are, whatever kind of file carries it. */
function refuseFullCode(
  decision: Issue | Reject,
  { found, entitlement }: { found: ActivationCaseRow; entitlement: EntitlementRow },
): Issue | Reject {
  const takesSeat = decision.outcome !== 'reject' && decision.takesSeat;
  const seats = found.code?.seats ?? null;
  if (!takesSeat || seats === null || !found.fullFor.includes(entitlement.id)) return decision;
  return { outcome: 'reject', rejection: reject('user-seats-used', { seats, held: seats }) };
}

function findEntitlement(found: ActivationCaseRow, request: ActivationRequest): EntitlementRow | Rejection {
  const { productCode } = request;
  const unsold = productCode === null ? null : refuseProduct(found.product, productCode);
  if (unsold !== null) return unsold;
  if (found.code === null) return reject('activation-code-unknown');
  if (found.code.withdrawnAt !== null) return reject('activation-code-withdrawn');
  const covered = found.covered.filter(({ dialects }) => dialects.includes(request.dialect));
  if (covered.length === 0 && found.covered.length > 0) return reject('other-kind-of-file');
  return chooseEntitlement({ covered, productCode, entitlementId: request.entitlementId });
}

function refuseProduct(found: ActivationCaseRow['product'], product: string): Rejection | null {
  if (found === null) return reject('product-unknown', { product });
  if (found.disabledAt !== null) return reject('product-disabled', { product });
  return found.archivedAt === null ? null : reject('product-archived', { product });
}

/** A new request with the key of an activation that ended: the device, or a copy of it, is in use again. */
function cameBack(decision: { outcome: string }, activation: ActivationRow): string | null {
  const ended = ['releasing', 'released', 'revoked'].includes(activation.state);
  return decision.outcome === 'reject' && ended ? activation.id : null;
}

import type { DeviceRow } from '@/db/devices/device-json';
import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { ActivationCaseRow } from '@/db/exchange/read-activation-case';
import { readActivationCase } from '@/db/exchange/read-activation-case';
import type { Scope } from '@/db/scope';
import type { ActivationRow } from '@/db/seats/activation-json';
import type { Fingerprint } from '@/lib/licensing/devices/fingerprint';
import { countedFingerprint, driftedComponents, recogniseDevice } from '@/lib/licensing/devices/fingerprint';
import { chooseEntitlement } from '@/lib/licensing/entitlements/entitlement';
import type { ActivationCase, DescribedActivation, ProductRules } from '@/lib/licensing/exchange/decide-activation';
import {
  decideActivation,
  decideRepeat,
  earlierFingerprints,
  goingOn,
  rulesFor,
} from '@/lib/licensing/exchange/decide-activation';
import type { Issue, Reject, Repeat } from '@/lib/licensing/exchange/decision';
import { lookalikeOf, wouldDiffer } from '@/lib/licensing/exchange/decision';
import type { ActivationRequest } from '@/lib/licensing/exchange/request';
import { clockSkewSeconds } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { AllowanceLeft } from '@/lib/licensing/seats/allowance';
import { reinstallsLeft } from '@/lib/licensing/seats/allowance';
import type { ActingContext } from '../context';
import type { HookCase } from '../dialects/hooks';
import { dialectOf } from '../dialects/registry';
import { validateDecision } from '../dialects/validate';
import type { Keys } from '../keys/keyring';
import { takeOverRulesOf } from '../seats/releaser-of';

/** A device the portal knows already, and what changed about it. */
export interface KnownDevice {
  readonly row: DeviceRow;
  /** False when only others of the customer may see it: its name is then not told. */
  readonly visible: boolean;
  readonly drifted: readonly string[];
}

/** The activation of the machine that a request looks like. */
interface OlderActivation {
  /** Its device by name; null when only others of the customer may see it. */
  readonly deviceName: string | null;
  readonly deviceId: string;
  readonly runsOutAt: Date;
}

/** What answering an activation request would mean at this moment. */
export interface EvaluatedActivation {
  readonly kind: 'activation';
  readonly request: ActivationRequest;
  readonly requestKey: string;
  readonly now: Date;
  readonly decision: Issue | Repeat | Reject;
  /** Null when the request names none that this person may use. */
  readonly entitlement: EntitlementRow | null;
  /** What the hooks of its dialect were asked about; null when it was decided without them. */
  readonly hookCase: HookCase | null;
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
  readonly bundle: readonly EvaluatedActivation[] | null;
}

/** An activation request that is granted or renewed. */
export type GrantedActivation = EvaluatedActivation & {
  readonly decision: Issue;
  readonly entitlement: EntitlementRow;
  readonly hookCase: HookCase;
};

/** Reads what the request is decided on and decides. */
export async function evaluateActivation(
  context: ActingContext,
  input: { scope: Scope; request: ActivationRequest; requestKey: string; keys: Keys; isAnother?: boolean | undefined },
): Promise<EvaluatedActivation> {
  const { scope, request, requestKey, keys, isAnother = false } = input;
  const { hooks } = dialectOf(context, request);
  const codeDigest = await keys.digestCode(request.activationCode, request.codeKind);
  const found = await readActivationCase(context.db, { scope, request, requestKey, codeDigest, now: context.now });
  const { now, answered, ofKey } = found;
  const nothing = { ...nothingAt(now, { request, requestKey }), clockSkewSeconds: clockSkewSeconds(request.issuedAt, now) };
  const refused = (rejection: Rejection): EvaluatedActivation => ({ ...nothing, decision: { outcome: 'reject', rejection } });
  const caseOf = (entitlement: EntitlementRow): HookCase => ({
    ...{ dialect: request.dialect, keys, now, request, entitlement, deviceKey: request.deviceKey },
    ...{ fingerprint: request.device.fingerprint, storedState: null, dialectState: null, refreshOptions: null },
  });
  // Nothing of the entitlement is told to somebody whose code is not all that the dialect asks for.
  const authenticate = async (of: HookCase) => (await hooks.authenticate?.(context, of)) ?? null;

  if (found.product?.isBundle === true) {
    return refused(reject('product-is-bundle', { product: request.productCode ?? 'unknown' }));
  }
  if (answered !== null) {
    const entitlement = found.covered.find((covered) => covered.id === answered.activation.entitlementId) ?? null;
    const unproven = entitlement === null ? null : await authenticate(caseOf(entitlement));
    if (unproven !== null) return refused(unproven);
    return { ...nothing, entitlement, known: knownByKey(found, request), decision: decideRepeat(answered, request, now) };
  }

  const entitlement = findEntitlement(found, request);
  if ('code' in entitlement) return refused(entitlement);
  if (ofKey?.inScope === false) return refused(reject('activated-elsewhere'));
  const hookCase = caseOf(entitlement);
  const unproven = await authenticate(hookCase);
  if (unproven !== null) return refused(unproven);

  const product = rulesFor(entitlement, request);
  const fingerprint = countedFingerprint(request.device.fingerprint, product);
  const recognised = findDevice(found, request, product);
  const ofThisKey = goingOn(ofKey?.activation ?? null, request, now);
  const ofThisDevice = isAnother ? null : activationOf(recognised, { found, entitlement, ofThisKey });
  const looksLike = ofThisKey ?? ofThisDevice;
  const reinstalls = reinstallsLeft(entitlement, entitlement.freed, now);
  const { seatsHeld, freed, usage } = entitlement;
  const asked: ActivationCase = {
    ...{ request, now, entitlement, seatsHeld, freed, usage, product, ofThisKey, ofThisDevice },
    leaseTerms: await hooks.leaseTerms?.(context, hookCase),
    takeOver: takeOverRulesOf(context.actor, { entitlement, activation: looksLike, releases: found.releases, reinstalls }),
  };
  const decided = refuseFullCode(decideActivation(asked), { found, entitlement });
  const lookalike = lookalikeOf(decided);
  // What keeps its seat is another machine, as far as the portal is concerned.
  const isApart = (isAnother && ofThisKey === null) || lookalike?.seat === 'kept';
  // A seat that came free while its lease ran out is nobody's any more, though nobody has written that down yet.
  const isOver = ofThisKey === null && lookalike === null && decided.outcome === 'grant';
  const current = isApart || isOver ? null : looksLike;
  const goesOn = current !== null && 'activationId' in decided && decided.activationId === current.id;
  return {
    ...nothing,
    decision: await validateDecision(context, hookCase, decided),
    entitlement,
    hookCase,
    known: isApart ? null : recognised,
    compared: found.candidates.map(({ device }) => device.id),
    fingerprint,
    earlierFingerprints: goesOn ? earlierFingerprints(current, fingerprint, now) : [],
    isAnother,
    reinstalls,
    older: looksLike !== null && lookalike !== null ? olderOf(looksLike, recognised) : null,
    mayBeAnother:
      ofThisKey === null && wouldDiffer(decided) && decideActivation({ ...asked, ofThisDevice: null }).outcome === 'grant',
    current,
    codeId: found.code !== null && found.code.seats !== null ? found.code.id : null,
    cameBackId: ofThisKey && cameBack(decided, ofThisKey),
  };
}

/** What is known of a request when nothing is told. */
export function nothingAt(
  now: Date,
  of: Pick<EvaluatedActivation, 'request' | 'requestKey'>,
): Omit<EvaluatedActivation, 'decision' | 'clockSkewSeconds'> {
  return {
    ...{ kind: 'activation', ...of, now, entitlement: null, hookCase: null, known: null, compared: [] },
    ...{ fingerprint: { version: 1, components: {} }, earlierFingerprints: [], isAnother: false, reinstalls: null },
    ...{ older: null, mayBeAnother: false, current: null, codeId: null, cameBackId: null, bundle: null },
  };
}

function findEntitlement(found: ActivationCaseRow, request: ActivationRequest): EntitlementRow | Rejection {
  const { product, code } = found;
  const { productCode } = request;
  if (productCode !== null) {
    if (product === null) return reject('product-unknown', { product: productCode });
    if (product.disabledAt !== null) return reject('product-disabled', { product: productCode });
    if (product.archivedAt !== null) return reject('product-archived', { product: productCode });
  }
  if (code === null) return reject('activation-code-unknown');
  if (code.withdrawnAt !== null) return reject('activation-code-withdrawn');
  const covered = found.covered.filter(({ dialects }) => dialects.includes(request.dialect));
  if (covered.length === 0 && found.covered.length > 0) return reject('other-kind-of-file');
  return chooseEntitlement({ covered, productCode, entitlementId: request.entitlementId });
}

/** The device that the key of a request shows, or else its fingerprint. */
function findDevice(found: ActivationCaseRow, request: ActivationRequest, rules: ProductRules): KnownDevice | null {
  const byKey = knownByKey(found, request);
  if (byKey !== null) return byKey;
  const { candidates } = found;
  const seen = request.device.fingerprint;
  const recognised = recogniseDevice({ candidates, fingerprintOf: ({ device }) => device.fingerprint, seen, rules });
  if (recognised === null) return null;
  const { device: row, visible } = recognised.known;
  return { row, visible, drifted: recognised.drifted };
}

/** The device of the activation that the key of a request is of. */
function knownByKey({ ofKey }: ActivationCaseRow, request: ActivationRequest): KnownDevice | null {
  const row = ofKey?.device ?? null;
  if (row === null) return null;
  return { row, visible: true, drifted: driftedComponents(row.fingerprint, request.device.fingerprint) };
}

/** The activation that a known device has on the entitlement. */
function activationOf(
  known: KnownDevice | null,
  { found, entitlement, ofThisKey }: { found: ActivationCaseRow; entitlement: EntitlementRow; ofThisKey: ActivationRow | null },
): ActivationRow | null {
  const candidate = found.candidates.find(({ device }) => device.id === known?.row.id);
  const activations = candidate?.activations ?? [];
  return activations.find(({ entitlementId, id }) => entitlementId === entitlement.id && id !== ofThisKey?.id) ?? null;
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

function olderOf({ deviceId, runsOutAt }: ActivationRow, known: KnownDevice | null): OlderActivation {
  return { deviceId, runsOutAt, deviceName: known?.visible === true ? known.row.name : null };
}

/** A new request with the key of an activation that ended: the device, or a copy of it, is in use again. */
function cameBack(decision: { outcome: string }, activation: ActivationRow): string | null {
  const ended = ['releasing', 'released', 'revoked'].includes(activation.state);
  return decision.outcome === 'reject' && ended ? activation.id : null;
}

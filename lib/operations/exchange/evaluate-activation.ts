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

/** A device that the portal knows, and the fingerprint components that changed. */
export interface KnownDevice {
  readonly row: DeviceRow;
  /** False when only other people of the customer may see it: its name is then withheld. */
  readonly visible: boolean;
  readonly drifted: readonly string[];
}

/** The activation of the machine that a request looks like. */
interface OlderActivation {
  /** Null when only other people of the customer may see the device. */
  readonly deviceName: string | null;
  readonly deviceId: string;
  readonly runsOutAt: Date;
}

/** The decision on an activation request at one moment, and what it rests on. */
export interface EvaluatedActivation {
  readonly kind: 'activation';
  readonly request: ActivationRequest;
  readonly requestKey: string;
  readonly now: Date;
  readonly decision: Issue | Repeat | Reject;
  /** Null when the request names none that the actor may use. */
  readonly entitlement: EntitlementRow | null;
  /** The case that the dialect's hooks were given; null when the decision needed none. */
  readonly hookCase: HookCase | null;
  readonly known: KnownDevice | null;
  /** Ids of the devices the fingerprint was compared with. */
  readonly compared: readonly string[];
  /** The components of the request that count. */
  readonly fingerprint: Fingerprint;
  /** Those of earlier answers that may still run. */
  readonly earlierFingerprints: DescribedActivation['earlierFingerprints'];
  /** Whether the person states that it is another machine than the one it looks like. */
  readonly isAnother: boolean;
  /** The reinstalls that the entitlement still allows; null without an entitlement. */
  readonly reinstalls: AllowanceLeft | null;
  /** The activation of the machine that this one looks like; null when it looks like none. */
  readonly older: OlderActivation | null;
  /** Whether it would get a seat of its own if the person stated that it is another machine. */
  readonly mayBeAnother: boolean;
  /** The activation that is renewed or whose seat is taken over. */
  readonly current: ActivationRow | null;
  /** The code of the request, when its own number of seats limits it. */
  readonly codeId: string | null;
  /** The ended activation whose device came back with this request. */
  readonly cameBackId: string | null;
  readonly clockSkewSeconds: number;
  /** The evaluations of all entitlements of a bundle, this one first; null when the request asks for one entitlement. */
  readonly bundle: readonly EvaluatedActivation[] | null;
}

/** An activation request that is granted or renewed. */
export type GrantedActivation = EvaluatedActivation & {
  readonly decision: Issue;
  readonly entitlement: EntitlementRow;
  readonly hookCase: HookCase;
};

/** Evaluates an activation request: reads one snapshot within the scope and decides by the common rules and the dialect's hooks. */
export async function evaluateActivation(
  context: ActingContext,
  input: { scope: Scope; request: ActivationRequest; requestKey: string; keys: Keys; isAnother?: boolean | undefined },
): Promise<EvaluatedActivation> {
  const { scope, request, requestKey, keys, isAnother = false } = input;
  const { hooks } = dialectOf(context, request);
  const codeDigest = await keys.digestCode(request.activationCode, request.codeKind);
  const found = await readActivationCase(context.db, { scope, request, requestKey, codeDigest, now: context.now });
  const { now, answered, ofKey } = found;
  const nothing = { ...emptyEvaluation(now, { request, requestKey }), clockSkewSeconds: clockSkewSeconds(request.issuedAt, now) };
  const refused = (rejection: Rejection): EvaluatedActivation => ({ ...nothing, decision: { outcome: 'reject', rejection } });
  const caseOf = (entitlement: EntitlementRow): HookCase => ({
    ...{ dialect: request.dialect, keys, now, request, entitlement, deviceKey: request.deviceKey },
    ...{ fingerprint: request.device.fingerprint, storedState: null, dialectState: null, refreshOptions: null },
  });
  // Some dialects ask for more than the code: without it, nothing about the entitlement is disclosed.
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
  // When the older machine keeps its seat, this one is treated as another machine.
  const isApart = (isAnother && ofThisKey === null) || lookalike?.seat === 'kept';
  // A seat that came free with the end of its lease belongs to no device, even before that is recorded.
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

/** The evaluation of a request about which nothing is disclosed. */
export function emptyEvaluation(
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

/** Finds the device of a request: by its key, or else by its fingerprint. */
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

/** Finds the device whose activation was made with the key of the request. */
function knownByKey({ ofKey }: ActivationCaseRow, request: ActivationRequest): KnownDevice | null {
  const row = ofKey?.device ?? null;
  if (row === null) return null;
  return { row, visible: true, drifted: driftedComponents(row.fingerprint, request.device.fingerprint) };
}

/** Finds the activation of a known device on the entitlement, other than that of this key. */
function activationOf(
  known: KnownDevice | null,
  { found, entitlement, ofThisKey }: { found: ActivationCaseRow; entitlement: EntitlementRow; ofThisKey: ActivationRow | null },
): ActivationRow | null {
  const candidate = found.candidates.find(({ device }) => device.id === known?.row.id);
  const activations = candidate?.activations ?? [];
  return activations.find(({ entitlementId, id }) => entitlementId === entitlement.id && id !== ofThisKey?.id) ?? null;
}

/** Refuses a new seat when the code's own number of seats is used up. Applies to files of every dialect. */
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

/** The id of an ended activation whose key made the request: the device, or a copy of it, is in use again. */
function cameBack(decision: { outcome: string }, activation: ActivationRow): string | null {
  const ended = ['releasing', 'released', 'revoked'].includes(activation.state);
  return decision.outcome === 'reject' && ended ? activation.id : null;
}

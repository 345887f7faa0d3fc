import type { ActivationRow } from '@/db/activation-json';
import type { DeviceRow } from '@/db/device-json';
import type { EntitlementRow } from '@/db/entitlement-json';
import type { ActivationCaseRow } from '@/db/read-activation-case';
import { readActivationCase } from '@/db/read-activation-case';
import type { Scope } from '@/db/scope';
import { clockSkewSeconds } from '@/lib/licensing/check-request-age';
import { chooseEntitlement } from '@/lib/licensing/choose-entitlement';
import { decideActivation, decideRepeat, goingOn, withRequired } from '@/lib/licensing/decide-activation';
import type { Issue, Reject, Repeat } from '@/lib/licensing/decision';
import { driftedComponents } from '@/lib/licensing/fingerprint';
import type { LeaseTerms } from '@/lib/licensing/lease';
import { recogniseDevice } from '@/lib/licensing/recognise-device';
import type { Rejection } from '@/lib/licensing/rejection';
import { reject } from '@/lib/licensing/rejection';
import type { ActivationRequest } from '@/lib/licensing/request';
import type { ActingContext } from './context';
import type { SupportCase } from './dialect-support';
import { supportOf } from './dialect-support';
import type { Keys } from './keyring';

/** A device the portal knows already, and what changed about it. */
export interface KnownDevice {
  readonly row: DeviceRow;
  /** False when only others of the customer may see it: its name is then not told. */
  readonly visible: boolean;
  readonly drifted: readonly string[];
}

/** What an activation request comes to at this moment. Nothing is changed by finding out. */
export interface ConsideredActivation {
  readonly kind: 'activation';
  readonly request: ActivationRequest;
  readonly now: Date;
  readonly decision: Issue | Repeat | Reject;
  /** Null when the request names none that this person may use. */
  readonly entitlement: EntitlementRow | null;
  readonly known: KnownDevice | null;
  /** Ids of the devices the fingerprint was compared with. */
  readonly compared: readonly string[];
  /** The activation of this device that goes on or is taken over. */
  readonly current: ActivationRow | null;
  /** A released activation whose device came back with this request. */
  readonly cameBackId: string | null;
  readonly clockSkewSeconds: number;
}

/** Reads what the request is decided on and decides; preview and commit both do exactly this. */
export async function considerActivation(
  context: ActingContext,
  input: { scope: Scope; request: ActivationRequest; requestKey: string; keys: Keys },
): Promise<ConsideredActivation> {
  const { scope, request, requestKey, keys } = input;
  const found = await readActivationCase(context.db, {
    scope,
    request,
    requestKey,
    codeDigest: await keys.digestCode(request.activationCode, request.codeKind),
    now: context.now,
  });
  const decided = await decide(found, request, (entitlement) =>
    leaseTermsOf(context, { keys, request, entitlement, now: found.now }),
  );
  return {
    ...decided,
    decision: await withSupport(context, { request, keys, decided }),
    kind: 'activation',
    request,
    clockSkewSeconds: clockSkewSeconds(request.issuedAt, found.now),
  };
}

/** What the rules decided, unless the dialect has a reason of its own against it. */
async function withSupport(
  context: ActingContext,
  { request, keys, decided }: { request: ActivationRequest; keys: Keys; decided: Decided },
): Promise<Decided['decision']> {
  const { decision, entitlement, now } = decided;
  const support = supportOf(request.dialect);
  if (support === null || entitlement === null || decision.outcome === 'reject') return decision;
  const rejection = await support.refuses(context, supportCase({ keys, request, entitlement, now }));
  return rejection === null ? decision : { outcome: 'reject', rejection };
}

type Decided = Omit<ConsideredActivation, 'kind' | 'request' | 'clockSkewSeconds'>;

function supportCase(
  of: Pick<SupportCase, 'keys' | 'entitlement' | 'now'> & { readonly request: ActivationRequest },
): SupportCase {
  return { ...of, asked: null, beside: null, fingerprint: of.request.device.fingerprint };
}

function leaseTermsOf(context: ActingContext, of: Parameters<typeof supportCase>[0]): Promise<LeaseTerms> | undefined {
  return supportOf(of.request.dialect)?.lease?.(context, supportCase(of));
}

async function decide(
  found: ActivationCaseRow,
  request: ActivationRequest,
  termsOf: (entitlement: EntitlementRow) => Promise<LeaseTerms> | undefined,
): Promise<Decided> {
  const { now, answered } = found;
  const nothing = { now, entitlement: null, known: null, compared: [], current: null, cameBackId: null };
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

  const product = withRequired(entitlement, request);
  const { known, compared } = findDevice(found, request, product.fingerprintRequired);
  const ofThisDevice = found.candidates
    .find((candidate) => candidate.device.id === known?.row.id)
    ?.activations.find((activation) => activation.entitlementId === entitlement.id && activation.id !== ofThisKey?.id);
  const decision = decideActivation({
    request,
    now,
    entitlement,
    seatsHeld: entitlement.seatsHeld,
    usage: entitlement.usage,
    product,
    leaseTerms: await termsOf(entitlement),
    ofThisKey,
    ofThisDevice: ofThisDevice ?? null,
  });
  const current = ofThisKey ?? ofThisDevice ?? null;
  return { now, decision, entitlement, known, compared, current, cameBackId: ofThisKey && cameBack(decision, ofThisKey) };
}

function findEntitlement(found: ActivationCaseRow, request: ActivationRequest): EntitlementRow | Rejection {
  if (!found.productKnown) return reject('product-unknown', { product: request.productCode ?? 'none' });
  if (found.code === null) return reject('activation-code-unknown');
  if (found.code.withdrawnAt !== null) return reject('activation-code-withdrawn');
  return chooseEntitlement({ covered: found.covered, productCode: request.productCode, entitlementId: request.entitlementId });
}

function findDevice(found: ActivationCaseRow, request: ActivationRequest, required: number) {
  const seen = request.device.fingerprint;
  const compared = found.candidates.map((candidate) => candidate.device.id);
  const byKey = knownByKey(found, request);
  if (byKey !== null) return { known: byKey, compared };
  const { candidates } = found;
  const recognised = recogniseDevice({ candidates, fingerprintOf: ({ device }) => device.fingerprint, seen, required });
  if (recognised === null) return { known: null, compared };
  const { device: row, visible } = recognised.known;
  return { known: { row, visible, drifted: recognised.drifted }, compared };
}

function knownByKey({ ofKey }: ActivationCaseRow, request: ActivationRequest): KnownDevice | null {
  if (ofKey === null || ofKey.device === null) return null;
  const row = ofKey.device;
  return { row, visible: true, drifted: driftedComponents(row.fingerprint, request.device.fingerprint) };
}

/** A new request with the key of an activation that ended: the device, or a copy of it, is in use again. */
function cameBack(decision: { outcome: string }, activation: ActivationRow): string | null {
  const ended = ['releasing', 'released', 'revoked'].includes(activation.state);
  return decision.outcome === 'reject' && ended ? activation.id : null;
}

import type { Activation } from './activation';
import { activationStateAt } from './activation';
import { checkRequestAge } from './check-request-age';
import type { Issue, Reject, Repeat } from './decision';
import type { IsoDuration } from './duration';
import { isDuration } from './duration';
import type { SeatCase } from './issue-lease';
import { issueLease } from './issue-lease';
import { refuseEnded } from './refuse-ended';
import type { Rejection } from './rejection';
import { reject } from './rejection';
import type { ActivationRequest } from './request';

/** An earlier answer to a request with the same id from the same device key. */
export interface Answered {
  readonly exchangeId: string;
  readonly payloadDigest: string;
  readonly activation: Activation;
}

/** What the product asks of every request. */
export interface ProductRules {
  readonly fingerprintRequired: number;
  /** Null: a request is good until it is answered. */
  readonly greatestRequestAge: IsoDuration | null;
}

export interface ActivationCase extends SeatCase {
  readonly request: ActivationRequest;
  readonly product: ProductRules;
  /** The activation made with the key that signed the request, whatever its state and entitlement. */
  readonly ofThisKey: (Activation & { readonly entitlementId: string }) | null;
  /** The activation on this entitlement of the device that the fingerprint shows, if it was made with another key. */
  readonly ofThisDevice: Activation | null;
}

/**
 * The answer to a request that was answered before: the same again while the activation lives, otherwise why not. Decided before anything
 * else, because an answer once given stays good whatever has become of code and entitlement.
 */
export function decideRepeat(answered: Answered, request: { payloadDigest: string }, now: Date): Repeat | Reject {
  if (answered.payloadDigest !== request.payloadDigest) return refuse(reject('request-id-reused'));
  const ended = refuseEnded(answered.activation, now);
  if (ended !== null) return refuse(ended);
  return { outcome: 'repeat', answeredBy: answered.exchangeId };
}

/** The rules that count for a request: a dialect may say by itself how much of a fingerprint must match. */
export function withRequired<Rules extends ProductRules>(
  product: Rules,
  { fingerprintRequired }: Pick<ActivationRequest, 'fingerprintRequired'>,
): Rules {
  return fingerprintRequired === null ? product : { ...product, fingerprintRequired };
}

/** The activation that a key stands for: none when it ended and the key is one that the device always has. */
export function goingOn<A extends Activation>(
  activation: A | null,
  { keyIsOf }: Pick<ActivationRequest, 'keyIsOf'>,
  now: Date,
): A | null {
  if (activation === null || keyIsOf === 'activation') return activation;
  const state = activationStateAt(activation, now);
  return state === 'released' || state === 'replaced' ? null : activation;
}

/** Decides on a verified activation request that was not answered before. Rules: docs/formats/native.md. */
export function decideActivation(input: ActivationCase): Issue | Reject {
  const { request, product, now, entitlement, ofThisKey, ofThisDevice } = input;

  const age = checkRequestAge({ issuedAt: request.issuedAt, greatestAge: product.greatestRequestAge, now });
  if (age !== null) return refuse(age);

  const found = Object.keys(request.device.fingerprint.components).length;
  if (found < product.fingerprintRequired) {
    return refuse(reject('fingerprint-too-small', { found, required: product.fingerprintRequired }));
  }
  if (request.requestedLease !== null && !isDuration(request.requestedLease)) {
    return refuse(reject('requested-lease-refused', { requested: request.requestedLease }));
  }
  if (ofThisKey !== null) {
    const ended = refuseEnded(ofThisKey, now);
    if (ended !== null) return refuse(ended);
    if (ofThisKey.entitlementId !== entitlement.id) return refuse(reject('activated-elsewhere'));
  }

  const current = ofThisKey ?? continuing(ofThisDevice, now);
  return issueLease({ current, takeOver: ofThisKey === null, requestedLease: request.requestedLease, ...input });
}

/** An activation made with older keys goes on in a new one while it has a seat, or first claim to one. */
function continuing(activation: Activation | null, now: Date): Activation | null {
  if (activation === null) return null;
  const state = activationStateAt(activation, now);
  return state === 'active' || state === 'lease_expired' || state === 'releasing' ? activation : null;
}

function refuse(rejection: Rejection): Reject {
  return { outcome: 'reject', rejection };
}

import type { Fingerprint, FingerprintRules } from '../devices/fingerprint';
import { countedFingerprint, isEqual, isSameDevice, slackBeside } from '../devices/fingerprint';
import type { IsoDuration } from '../leases/duration';
import { isDuration } from '../leases/duration';
import type { SeatCase } from '../leases/issue-lease';
import { issueLease } from '../leases/issue-lease';
import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';
import type { Activation } from '../seats/activation';
import { activationStateAt, refuseEnded } from '../seats/activation';
import type { TakeOverRules } from '../seats/lookalike';
import { decideLookalike } from '../seats/lookalike';
import type { Issue, Reject, Repeat } from './decision';
import type { ActivationRequest } from './request';
import { checkRequestAge } from './request';

/** An earlier answer to a request with the same id from the same device key. */
export interface Answered {
  readonly exchangeId: string;
  readonly payloadDigest: string;
  readonly activation: Activation;
}

/** An activation whose machines are known: as the request of its newest lease described it, and of earlier ones that still run. */
export type DescribedActivation = Activation & {
  readonly fingerprint: Fingerprint;
  readonly earlierFingerprints: readonly { readonly fingerprint: Fingerprint; readonly runsOutAt: Date }[];
};

/** A machine whose parts change more often than this within one lease is not accepted as one machine. */
const MOST_FINGERPRINTS = 8;

/** The rules of the product for every request. */
export interface ProductRules extends FingerprintRules {
  /** Null: a request is good until it is answered. */
  readonly greatestRequestAge: IsoDuration | null;
}

export interface ActivationCase extends SeatCase {
  readonly request: ActivationRequest;
  readonly product: ProductRules;
  /** The activation made with the key that signed the request, in any state and on any entitlement. */
  readonly ofThisKey: (DescribedActivation & { readonly entitlementId: string }) | null;
  /** The activation on this entitlement of the device that the fingerprint shows, if it was made with another key. */
  readonly ofThisDevice: DescribedActivation | null;
  readonly takeOver: TakeOverRules;
}

/**
 * Decides on a request that was answered before: the same answer again while the activation goes on, otherwise a rejection. Decided first,
 * because an answer stays good when code and entitlement change later.
 */
export function decideRepeat(answered: Answered, request: { payloadDigest: string }, now: Date): Repeat | Reject {
  if (answered.payloadDigest !== request.payloadDigest) return refuse(reject('request-id-reused'));
  const ended = refuseEnded(answered.activation, now);
  if (ended !== null) return refuse(ended);
  return { outcome: 'repeat', answeredBy: answered.exchangeId };
}

/** Finds the rules for a request: a dialect may itself set how many components must match, and then all components count. */
export function rulesFor<Rules extends ProductRules>(
  product: Rules,
  { fingerprintRequired }: Pick<ActivationRequest, 'fingerprintRequired'>,
): Rules {
  if (fingerprintRequired === null) return product;
  return { ...product, fingerprintRequired, fingerprintComponents: null, fingerprintMust: [] };
}

/** Returns the activation of a key: null when it has ended and the key is a permanent name of the device. */
export function goingOn<A extends Activation>(
  activation: A | null,
  { keyIsOf }: Pick<ActivationRequest, 'keyIsOf'>,
  now: Date,
): A | null {
  if (activation === null || keyIsOf === 'activation') return activation;
  const state = activationStateAt(activation, now);
  const isReturned = state === 'releasing' && activation.releaseKind === 'deactivated';
  return state === 'released' || state === 'replaced' || isReturned ? null : activation;
}

/** Decides on a verified activation request that was not answered before. Rules: docs/formats/native.md. */
export function decideActivation(input: ActivationCase): Issue | Reject {
  const { request, product, now, entitlement, ofThisKey, ofThisDevice } = input;

  const age = checkRequestAge({ issuedAt: request.issuedAt, greatestAge: product.greatestRequestAge, now });
  if (age !== null) return refuse(age);

  const fingerprint = countedFingerprint(request.device.fingerprint, product);
  const found = Object.keys(fingerprint.components).length;
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

  const moved = ofThisKey !== null && !isOfMachine(ofThisKey, { seen: fingerprint, rules: product, now });
  if (ofThisKey !== null && !moved)
    return issueLease({ current: ofThisKey, older: null, requestedLease: request.requestedLease, ...input });

  const activation = ofThisKey ?? ofThisDevice;
  const lookalike =
    activation === null
      ? null
      : decideLookalike({
          activation,
          rules: input.takeOver,
          isBound: request.keyIsOf === 'device' && isEqual(activation.fingerprint, fingerprint),
          isOfKey: moved,
          now,
        });
  if (moved && lookalike?.why) {
    return refuse(reject('key-of-another-machine', { nextAt: (input.takeOver.reinstalls.nextAt ?? now).toISOString() }));
  }
  const older = activation === null || lookalike === null ? null : { activation, lookalike };
  return issueLease({ current: null, older, requestedLease: request.requestedLease, ...input });
}

/**
 * Checks whether a request signed with the key of an activation was written on the machine that its answers run on: it must match the
 * fingerprint of every answer that still runs, closely enough that no second machine could run. Otherwise parts were exchanged, or the key was
 * copied to another machine.
 */
function isOfMachine(
  activation: DescribedActivation,
  { seen, rules, now }: { seen: Fingerprint; rules: FingerprintRules; now: Date },
): boolean {
  const earlier = activation.earlierFingerprints.filter(({ runsOutAt }) => runsOutAt > now).map(({ fingerprint }) => fingerprint);
  const running = now < activation.runsOutAt ? [activation.fingerprint, ...earlier] : [];
  if (running.length > MOST_FINGERPRINTS || slackBeside(seen, running, rules) < 0) return false;
  return running.every((fingerprint) => isSameDevice(fingerprint, seen, rules));
}

/** Finds the fingerprints of earlier answers that may still run, once a request with the same key describes the machine anew. */
export function earlierFingerprints(
  activation: DescribedActivation,
  fingerprint: Fingerprint,
  now: Date,
): DescribedActivation['earlierFingerprints'] {
  const { runsOutAt } = activation;
  return [...activation.earlierFingerprints, { fingerprint: activation.fingerprint, runsOutAt }].filter(
    (earlier) => earlier.runsOutAt > now && !isEqual(earlier.fingerprint, fingerprint),
  );
}

function refuse(rejection: Rejection): Reject {
  return { outcome: 'reject', rejection };
}

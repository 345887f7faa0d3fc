import type { Entitlement } from '../entitlements/entitlement';
import type { DescribedActivation } from '../exchange/decide-activation';
import type { ActivationRequest, DeactivationProof } from '../exchange/request';
import type { AllowanceLeft } from '../seats/allowance';
import type { TakeOverRules } from '../seats/lookalike';

/** The instant at which the rules are tested. */
export const NOW = new Date('2026-03-01T12:00:00.000Z');

export const at = (text: string) => new Date(text);

/** An allowance of which one is left. */
export const ONE_LEFT: AllowanceLeft = { times: 1, left: 1, since: at('2025-12-01T12:00:00Z'), nextAt: null };

/** The same, used up until the tenth of May. */
export const USED_UP: AllowanceLeft = { ...ONE_LEFT, left: 0, nextAt: at('2026-05-10T00:00:00Z') };

/** A person who may release seats submits the file, and a reinstall is left. */
export const TAKE_OVER: TakeOverRules = {
  policy: {
    allowedBy: ['customer_admin'],
    needsApproval: false,
    needsIndependence: false,
    limit: null,
    frees: 'when-lease-ran-out',
  },
  releaser: { role: 'customer_admin', isHolder: false },
  releasedAts: [],
  reinstalls: ONE_LEFT,
};

export function makeEntitlement(changes: Partial<Entitlement> = {}): Entitlement {
  return {
    id: 'entitlement-1',
    revision: 1,
    productCode: 'press-control',
    offeringCode: 'press-control-pro',
    planType: 'time-limited',
    startRule: 'on-date',
    startsAt: at('2026-01-01T00:00:00Z'),
    termLength: 'P1Y',
    termEndsAt: at('2027-01-01T00:00:00Z'),
    offlineLeasePeriod: 'P90D',
    gracePeriod: null,
    maintenanceEndsAt: null,
    seats: 5,
    overdraft: { kind: 'none' },
    allowances: { reinstalls: { times: null, days: null }, returns: { times: null, days: null } },
    features: [],
    attributes: {},
    disabledAt: null,
    ...changes,
  };
}

export function makeActivation(changes: Partial<DescribedActivation> = {}): DescribedActivation {
  return {
    id: 'activation-1',
    state: 'active',
    deviceKey: 'key-1',
    leaseSequence: 3,
    leaseEndsAt: at('2026-04-01T00:00:00Z'),
    runsOutAt: at('2026-04-01T00:00:00Z'),
    releasedAt: null,
    releaseKind: null,
    fingerprint: makeRequest().device.fingerprint,
    earlierFingerprints: [],
    ...changes,
  };
}

export function makeRequest(changes: Partial<ActivationRequest> = {}): ActivationRequest {
  return {
    kind: 'activation',
    dialect: 'native',
    requestId: 'request-1',
    payloadDigest: 'digest-1',
    deviceKey: 'key-1',
    issuedAt: NOW,
    productCode: 'press-control',
    activationCode: 'CODE',
    codeKind: 'activation-code',
    entitlementId: null,
    device: {
      name: 'Press line 7',
      platform: 'linux',
      hostname: null,
      appVersion: null,
      fingerprint: { version: 1, components: { board: 'b', disk: 'd', network: 'n' } },
    },
    requestedLease: null,
    fingerprintRequired: null,
    keyIsOf: 'activation',
    details: null,
    deviceJwk: {},
    replyTo: {},
    ...changes,
  };
}

export function makeProof(changes: Partial<DeactivationProof> = {}): DeactivationProof {
  return {
    kind: 'deactivation',
    dialect: 'native',
    requestId: 'proof-1',
    payloadDigest: 'digest-2',
    deviceKey: 'key-1',
    issuedAt: NOW,
    activationId: 'activation-1',
    leaseSequence: 3,
    usage: {},
    reason: null,
    details: null,
    ...changes,
  };
}

import { describe, expect, it } from 'vitest';
import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { ActivationRow } from '@/db/seats/activation-json';
import type { Issue, Return } from '@/lib/licensing/exchange/decision';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { SeatOfLookalike } from '@/lib/licensing/seats/lookalike';
import { at, makeEntitlement, makeProof, makeRequest, NOW, ONE_LEFT, TAKE_OVER, USED_UP } from '@/lib/licensing/testing/cases';
import type { Role } from '../actor';
import { ROLES } from '../actor';
import { describePreview } from './describe-preview';
import type { EvaluatedActivation, KnownDevice } from './evaluate-activation';
import { emptyEvaluation } from './evaluate-activation';
import type { EvaluatedDeactivation } from './evaluate-deactivation';

const TERM_END = at('2027-02-03T00:00:00Z');
const LEASE_END = at('2026-05-30T12:00:00Z');
const RUNS_OUT = at('2026-04-01T00:00:00Z');

const entitlement: EntitlementRow = {
  ...makeEntitlement({ termEndsAt: TERM_END, gracePeriod: 'P30D' }),
  ...{ customerId: 'customer-1', customerName: 'Northgate Works', orderReference: 'SO-SECRET', productName: 'Press Control' },
  ...{
    edition: 'Premium',
    seatsCap: 6,
    seatsHeld: 2,
    freed: [{ at: at('2026-02-01T00:00:00Z'), runsOutAt: RUNS_OUT }],
    usage: {},
  },
  ...{
    greatestRequestAge: null,
    fingerprintRequired: 2,
    fingerprintComponents: [],
    fingerprintMust: [],
    dialects: ['native'],
    features: [],
  },
  releasePolicy: { ...TAKE_OVER.policy, allowedBy: ['customer_admin'] },
};

const issue: Issue = {
  ...{ outcome: 'grant', activationId: null, lookalike: null, startsTerm: false, takesSeat: true, runsOutAt: LEASE_END },
  lease: { sequence: 1, startsAt: NOW, endsAt: LEASE_END, graceEndsAt: null },
  term: { startsAt: entitlement.startsAt, endsAt: TERM_END },
};
const returned: Return = { outcome: 'return', activationId: 'activation-1', freesSeat: true, heldUntil: null };
const device = {
  ...{
    id: 'device-1',
    customerId: 'customer-1',
    name: 'Press of a colleague',
    assetTag: null,
    platform: 'linux',
    hostname: null,
    appVersion: null,
  },
  ...{ clockSkewSeconds: 0, firstSeenAt: NOW, lastSeenAt: NOW, fingerprint: makeRequest().device.fingerprint },
};
const known = (visible: boolean): KnownDevice => ({ row: device, visible, drifted: ['disk'] });

function activation(changes: Partial<EvaluatedActivation> = {}): EvaluatedActivation {
  const request = makeRequest();
  return {
    ...emptyEvaluation(NOW, { request, requestKey: 'key' }),
    decision: issue,
    entitlement,
    clockSkewSeconds: 7200,
    ...changes,
  };
}

function lookingLike(seat: SeatOfLookalike, deviceName: string | null): EvaluatedActivation {
  const takesSeat = seat === 'kept' || seat === 'held' || seat === 'lapsed';
  return activation({
    decision: { ...issue, outcome: 'renew', takesSeat, lookalike: { activationId: 'activation-1', seat, why: null } },
    older: { deviceName, deviceId: 'device-1', runsOutAt: RUNS_OUT },
    reinstalls: ONE_LEFT,
  });
}

const row: ActivationRow = {
  ...{ id: 'activation-1', customerId: 'customer-1', entitlementId: 'entitlement-1', deviceId: 'device-1', dialect: 'native' },
  ...{ deviceKey: 'key-1', fingerprint: device.fingerprint, earlierFingerprints: [], state: 'active', leaseSequence: 3 },
  ...{ leaseStartsAt: NOW, leaseEndsAt: RUNS_OUT, runsOutAt: RUNS_OUT, activatedAt: NOW, activatedBy: null },
  ...{ releasedAt: null, releasedBy: null, releaseKind: null, releaseReason: null, cameBackAt: null },
};

function deactivation(changes: Partial<EvaluatedDeactivation> = {}): EvaluatedDeactivation {
  return {
    ...{ kind: 'deactivation', requestKey: 'key', now: NOW, decision: returned, hookCase: null, returns: USED_UP },
    ...{ givenUp: null, cameBackId: null, clockSkewSeconds: 0, request: makeProof({ usage: { pages: 2120 }, reason: 'moved' }) },
    found: { activation: row, device, entitlement, replyTo: null, returnedAts: [], dialectState: null, answered: null },
    ...changes,
  };
}

/** What only some viewers may know, by the text that gives it away. */
const OF_ENTITLEMENT = {
  customer: 'Northgate Works',
  order: 'SO-SECRET',
  entitlement: 'entitlement-1',
  offering: 'press-control-pro',
  edition: 'Premium',
  term: TERM_END.toISOString(),
};
const DEVICE = { device: 'Press of a colleague' };
const USAGE = { usage: '2120' };
const SECRETS = { ...OF_ENTITLEMENT, ...DEVICE, ...USAGE };

function secretsIn(preview: object): string[] {
  const text = JSON.stringify(preview);
  return Object.entries(SECRETS).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []));
}

interface Knows {
  readonly entitlement: boolean;
  /** A device in the scope, and one out of it. */
  readonly device: boolean;
  readonly hidden: boolean;
}

const VIEWERS: Readonly<Record<Role, Knows>> = {
  guest: { entitlement: false, device: false, hidden: false },
  application: { entitlement: false, device: false, hidden: false },
  visitor: { entitlement: false, device: false, hidden: false },
  member: { entitlement: true, device: true, hidden: false },
  customer_admin: { entitlement: true, device: true, hidden: false },
  support: { entitlement: true, device: true, hidden: true },
  operator: { entitlement: true, device: true, hidden: true },
};

describe.each(ROLES)('what a viewer may not know is left out: %s', (viewer) => {
  const knows = VIEWERS[viewer];
  const ofEntitlement = knows.entitlement ? Object.keys(OF_ENTITLEMENT) : [];
  const refused = { outcome: 'reject', rejection: reject('no-seat-free', { seats: 5 }) } as const;
  const repeated = { outcome: 'repeat', answeredBy: 'exchange-1' } as const;
  const bundle = [activation(), activation()];

  it.each([
    ['a request', activation(), ofEntitlement],
    ['a bundle', activation({ bundle }), ofEntitlement],
    ['a repeated request', activation({ decision: repeated }), ofEntitlement],
    ['a refused request', activation({ decision: refused, bundle }), ofEntitlement],
    ['a device in the scope', activation({ known: known(true) }), [...ofEntitlement, ...(knows.device ? ['device'] : [])]],
    ['a device out of it', activation({ known: known(false) }), [...ofEntitlement, ...(knows.hidden ? ['device'] : [])]],
    [
      'an older installation',
      lookingLike('moves', 'Press of a colleague'),
      [...ofEntitlement, ...(knows.device ? ['device'] : [])],
    ],
    ['one out of the scope', lookingLike('kept', null), ofEntitlement],
    ['a proof', deactivation(), [...ofEntitlement, 'device', ...(knows.entitlement ? ['usage'] : [])]],
    ['a proof without an activation', deactivation({ found: null, decision: refused }), knows.entitlement ? ['usage'] : []],
  ])('%s', (_, evaluated, told) => {
    expect(secretsIn(describePreview(evaluated, viewer))).toEqual(told);
  });

  it('a refusal that is about the entitlement, and the device of a proof that is refused', () => {
    const rejection = reject('entitlement-disabled', { customer: 'Northgate Works' });
    const preview = describePreview(deactivation({ decision: { outcome: 'reject', rejection } }), viewer);
    expect(preview.rejection).toEqual(knows.entitlement ? rejection : reject('guest-not-now'));
    expect(secretsIn(preview).includes('device')).toBe(knows.entitlement);
    expect(preview.seats === null).toBe(!knows.entitlement);
  });
});

it('a guest is told of a request what stands here, and nothing else', () => {
  const evaluated = { ...lookingLike('moves', 'Press of a colleague'), known: known(true), mayBeAnother: true };
  const { seat, ...preview } = describePreview(evaluated, 'guest');
  expect(preview).toEqual({
    ...{ kind: 'activation', now: NOW, outcome: 'renew', rejection: null, answeredBy: null, clockSkewSeconds: 7200 },
    ...{ deviceName: 'Press line 7', productName: 'Press Control', seats: { bought: 5, heldNow: 2, heldThen: 2 } },
    ...{ issuedAt: NOW, code: { kind: 'activation-code', text: 'CODE' }, lease: issue.lease, isRenewal: true, takesSeat: false },
    ...{ startsTerm: false, mayBeAnother: true, bundle: null, said: null, lookalike: null, entitlement: null, device: null },
  });
  expect(seat[0]).toMatch(/^This looks like a machine that is activated, set up anew\. Its seat moves here\./);
});

it('a guest is told of a proof what stands here, and nothing else', () => {
  const decision = { ...returned, freesSeat: false, heldUntil: RUNS_OUT };
  const { seat, ...preview } = describePreview(deactivation({ decision }), 'guest');
  expect(preview).toEqual({
    ...{ kind: 'deactivation', now: NOW, outcome: 'return', rejection: null, answeredBy: null, clockSkewSeconds: 0 },
    ...{ deviceName: device.name, productName: 'Press Control', seats: { bought: 5, heldNow: 2, heldThen: 2 } },
    ...{ issuedAt: NOW, freesSeat: false, heldUntil: RUNS_OUT, said: null, entitlement: null, device: null },
  });
  expect(seat.slice(0, 2)).toEqual(['The seat stays in use until ', RUNS_OUT]);
});

describe('what answering a file would change', () => {
  const freed = entitlement.freed;

  it.each([
    ['a new seat', activation(), { takesSeat: true, isRenewal: false, seats: { heldThen: 3 }, seat: [] }],
    [
      'a seat that moves, whose older machine may run on',
      lookingLike('moves', 'Press 4'),
      {
        ...{ takesSeat: false, isRenewal: true, seats: { heldThen: 2 }, lookalike: { seat: 'moves', why: null } },
        entitlement: { mayRun: 3, freedThen: [...freed, { at: NOW, runsOutAt: RUNS_OUT }] },
      },
    ],
    [
      'a seat of its own',
      lookingLike('kept', 'Press 4'),
      { takesSeat: true, seats: { heldThen: 3 }, entitlement: { freedThen: freed } },
    ],
    ['a proof that frees the seat', deactivation(), { freesSeat: true, seats: { heldThen: 1 }, seat: [] }],
    [
      'the same answer as before',
      activation({ decision: { outcome: 'repeat', answeredBy: 'exchange-1' } }),
      { answeredBy: 'exchange-1', lease: null, takesSeat: false, seats: { heldNow: 2, heldThen: 2 } },
    ],
    [
      'a bundle, of which no part can be another machine',
      activation({ bundle: [activation(), lookingLike('moves', null)], mayBeAnother: true }),
      { mayBeAnother: false, bundle: [{ heldThen: 3 }, { heldThen: 2 }] },
    ],
    [
      'a term in its grace',
      activation({ now: at('2027-02-04T00:00:00Z') }),
      { entitlement: { isInGrace: true, termEndsAt: TERM_END } },
    ],
  ])('%s', (_, evaluated, changes) => {
    expect(describePreview(evaluated, 'member')).toMatchObject(changes);
  });
});

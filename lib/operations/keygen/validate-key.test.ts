import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor';
import { perform } from '../operation';
import { releaseSeat } from '../seats/release-seat';
import { activationOf, exchange } from '../testing/exchange';
import type { TestLicence } from '../testing/keygen';
import { deviceText, makeKeygenKeys, makeLicence } from '../testing/keygen';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { validateKey } from './validate-key';

const APPLICATION: Actor = { role: 'application', label: 'Keygen API', client: '192.0.2.7' };

let portal: TestPortal;
let customer: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  await makeKeygenKeys(portal);
});

afterAll(() => portal.close());

const sell = (...made: [Parameters<typeof makeLicence>[2]?]) => makeLicence(portal, customer, ...made);
const activate = async (licence: TestLicence, fingerprint: string, now?: Date) =>
  activationOf(portal, await exchange(portal.contextFor(customer.member, now), deviceText(licence.key, fingerprint)));

async function codeOf(key: string, scope: object = {}, now?: Date): Promise<string> {
  const validated = await perform(validateKey, { key, scope }, portal.contextFor(APPLICATION, now));
  return validated.ok ? validated.value.code : validated.rejection.code;
}

describe('a licence key', () => {
  it('is worth what its machines make it', async () => {
    const licence = await sell();
    expect(await codeOf(licence.key)).toBe('NO_MACHINES');
    expect(await codeOf(licence.key, { fingerprint: 'cpu-1' })).toBe('NO_MACHINES');
    const activationId = await activate(licence, 'cpu-1');
    expect(await codeOf(licence.key)).toBe('VALID');
    expect(await codeOf(licence.key, { fingerprint: 'cpu-1', machine: activationId })).toBe('VALID');
    expect(await codeOf(licence.key, { fingerprint: 'cpu-2' })).toBe('FINGERPRINT_SCOPE_MISMATCH');
    expect(await codeOf(licence.key, { fingerprint: 'cpu-1', machine: randomUUID() })).toBe('MACHINE_SCOPE_MISMATCH');
    const single = await sell({ terms: { seats: 1 } });
    expect(await codeOf(single.key, { fingerprint: 'cpu-1' })).toBe('NO_MACHINE');
  });

  it('is worth nothing for a machine that was released, and for one whose file ran out', async () => {
    const licence = await sell();
    const start = new Date('2026-03-01T00:00:00Z');
    const later = new Date('2026-03-02T00:00:00Z');
    const activationId = await activate(licence, 'cpu-1', start);
    await activate(licence, 'cpu-2', start);
    await perform(releaseSeat, { activationId, reason: 'lost' }, portal.contextFor(customer.admin, start));
    expect(await codeOf(licence.key, { fingerprint: 'cpu-1' }, later)).toBe('FINGERPRINT_SCOPE_MISMATCH');
    expect(await codeOf(licence.key, { fingerprint: 'cpu-2' }, later)).toBe('VALID');
    expect(await codeOf(licence.key, { fingerprint: 'cpu-2' }, new Date('2026-06-01T00:00:00Z'))).toBe('NO_MACHINES');
  });

  it('is not found when it is unknown, cut, or was withdrawn', async () => {
    const licence = await sell();
    await activate(licence, 'cpu-1');
    for (const key of ['', 'key/x.y', licence.key.slice(1), licence.key.replaceAll('=', ''), licence.code]) {
      expect(await codeOf(key)).toBe('NOT_FOUND');
    }
    await portal.db.execute(`update activation_codes set withdrawn_at = now() where id =
      (select code_id from keygen_keys where entitlement_id = '${licence.id}')`);
    expect(await codeOf(licence.key)).toBe('NOT_FOUND');
  });

  it.each([
    ['SUSPENDED', { disabledAt: new Date('2021-01-01T00:00:00Z') }],
    ['SUSPENDED', { startsAt: new Date('2090-01-01T00:00:00Z') }],
    ['EXPIRED', { termEndsAt: new Date('2021-01-01T00:00:00Z') }],
  ])('is %s on an entitlement with %o', async (code, terms) => {
    expect(await codeOf((await sell({ terms })).key)).toBe(code);
  });

  it.each([
    [{ product: randomUUID() }, 'PRODUCT_SCOPE_MISMATCH'],
    [{ policy: randomUUID() }, 'POLICY_SCOPE_MISMATCH'],
    [{ entitlements: ['pages', 'colour'] }, 'ENTITLEMENTS_MISSING'],
    [{ entitlements: ['pages'] }, 'VALID'],
    [{ product: 'press-control' }, 'VALID'],
    [{ fingerprints: ['cpu-1'] }, 'VALID'],
    [{ environment: 'test' }, 'VALID'],
  ])('is asked within %j: %s', async (scope, code) => {
    const licence = await sell();
    await activate(licence, 'cpu-1');
    expect(await codeOf(licence.key, scope)).toBe(code);
  });

  it('has to be asked about for a machine where the policy says so', async () => {
    const licence = await sell({ policy: { needsFingerprint: true } });
    await activate(licence, 'cpu-1');
    expect(await codeOf(licence.key)).toBe('FINGERPRINT_SCOPE_REQUIRED');
    expect(await codeOf(licence.key, { fingerprint: 'cpu-1' })).toBe('VALID');
  });

  it('is refused in a question of another shape', async () => {
    const { key } = await sell();
    for (const input of [{}, { key: 7 }, { key, scope: { fingerprint: 7 } }, { key: 'x'.repeat(9000) }]) {
      const validated = await perform(validateKey, input, portal.contextFor(APPLICATION));
      expect(validated).toMatchObject({ ok: false, rejection: { code: 'input-refused' } });
    }
  });
});

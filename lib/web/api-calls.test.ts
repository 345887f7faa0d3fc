import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { POST as unknownCall } from '@/app/api/[[...path]]/route';
import * as activation from '@/app/api/v4/activate_offline/route';
import { GET as unknownQuestion } from '@/app/v1/[[...path]]/route';
import * as validation from '@/app/v1/licenses/actions/validate-key/route';
import * as ping from '@/app/v1/ping/route';
import { LIMITS } from '@/lib/operations/limits/limits';
import { countAgainst } from '@/lib/operations/limits/rate-limit';
import { makeKeygenKeys } from '@/lib/operations/testing/keygen';
import type { TestPortal } from '@/lib/operations/testing/test-portal';
import { makeTestPortal } from '@/lib/operations/testing/test-portal';
import { services } from './services';

let portal: TestPortal;
let account: string;

beforeAll(async () => {
  portal = await makeTestPortal();
  account = await makeKeygenKeys(portal);
});
afterAll(() => portal.close());

beforeEach(() => {
  vi.stubEnv('DATABASE_URL', portal.url);
  vi.stubEnv('AIRGATE_MASTER_KEY', Buffer.from(portal.masterSecret).toString('base64url'));
  vi.stubEnv('TRUST_PROXY', '1');
});

function asked(path: string, { client = '192.0.2.1', method = 'POST', body = '{}', more = {} as Record<string, string> } = {}) {
  const headers = { host: 'portal.example.com', 'x-forwarded-for': client, ...more };
  return new Request(`https://portal.example.com${path}`, { method, headers, ...(method === 'POST' ? { body } : {}) });
}

/** An answer, with the proof that it is signed for this account over this body. */
async function signed(response: Response): Promise<{ status: number; headers: Headers; code: string }> {
  const { status, headers } = response;
  const body = await response.text();
  expect(headers.get('digest')).toBe(`sha-256=${createHash('sha256').update(body).digest('base64')}`);
  expect(headers.get('keygen-signature')).toContain(`keyid="${account}", algorithm="ed25519"`);
  return { status, headers, code: JSON.parse(body).errors[0].code };
}

/** Counts as many calls as a client may make in the span that runs. */
async function callUntilHeldBack(limit: (typeof LIMITS)[keyof typeof LIMITS], client: string): Promise<void> {
  for (let call = 0; call < limit.points; call += 1) expect(await countAgainst(services().db, limit, client)).toBeNull();
}

describe('the Keygen API', () => {
  test('answers what it has no address for, and other methods, signed like everything else', async () => {
    expect(await signed(await unknownQuestion(asked('/v1/machines', { method: 'GET' })))).toMatchObject({
      status: 404,
      code: 'CALL_ADDRESS_UNKNOWN',
    });
    for (const other of [validation.GET, validation.OPTIONS, validation.PUT, ping.DELETE, ping.OPTIONS]) {
      const { status, headers, code } = await signed(await other(asked('/v1/ping', { method: 'DELETE' })));
      expect([status, code, headers.get('allow')]).toEqual([405, 'KEYGEN_METHOD_REFUSED', 'POST']);
    }
  });

  test('holds back a client that asks too often, and no other', async () => {
    await callUntilHeldBack(LIMITS.keygenCallsByClient, '192.0.2.7');
    const ask = async (client: string) => {
      const more = { 'keygen-accept-signature': 'algorithm="rsa-pss-sha256"' };
      return validation.POST(asked('/v1/licenses/actions/validate-key', { client, ...(client === '192.0.2.7' ? { more } : {}) }));
    };
    const { status, headers, code } = await signed(await ask('192.0.2.7'));
    expect([status, code]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await signed(await ask('192.0.2.8'))).status).toBe(400);
  });

  test('takes a question of 12 KiB, and not one that is larger', async () => {
    const of = (length: number) => JSON.stringify({ meta: { key: 'a' }, more: 'x'.repeat(length - 30) });
    for (const [length, status] of [
      [12 * 1024, 200],
      [12 * 1024 + 1, 413],
    ] as const) {
      const body = of(length);
      expect(body).toHaveLength(length);
      expect((await validation.POST(asked('/v1/licenses/actions/validate-key', { body }))).status).toBe(status);
    }
  });
});

describe('the LicenseSpring API', () => {
  test('answers what it has no address for, and other methods, in its own words', async () => {
    const unknown = unknownCall();
    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      { status: 404, code: 'not_found', message: expect.any(String) },
    ]);
    for (const other of [activation.GET, activation.OPTIONS, activation.PUT, activation.PATCH, activation.DELETE]) {
      const answer = other(asked('/api/v4/activate_offline', { method: 'PUT' }));
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
      expect(await answer.json()).toMatchObject({ status: 405, code: 'validation_error' });
    }
  });

  test('holds back a client that calls too often, and no other', async () => {
    await callUntilHeldBack(LIMITS.licenseSpringCallsByClient, '192.0.2.7');
    const call = (client: string) => activation.POST(asked('/api/v4/activate_offline', { client }));
    const held = await call('192.0.2.7');
    expect([held.status, await held.json()]).toEqual([
      429,
      { status: 429, code: 'validation_error', message: expect.any(String) },
    ]);
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call('192.0.2.8')).status).toBe(400);
  });
});

test('calls are counted without the database: it is what they would wear out', async () => {
  const closed = { name: 'calls-of-nobody', points: 2, minutes: 1, inMemory: true } as const;
  const db = new Proxy(portal.db, {
    get(target, name) {
      if (name === 'execute') throw new Error('expected no statement, found one');
      return Reflect.get(target, name);
    },
  });
  const counted = [await countAgainst(db, closed, 'a'), await countAgainst(db, closed, 'a'), await countAgainst(db, closed, 'b')];
  expect(counted).toEqual([null, null, null]);
  expect((await countAgainst(db, closed, 'a'))?.getTime()).toBeGreaterThan(Date.now());
});

import { createHmac, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thumbprintOf } from '@/lib/signing/jwk';
import type { OperationContext } from '../context';
import { withdrawCode } from '../entitlements/manage-codes';
import { createKeygenKeys, rotateKeygenKeys } from '../keygen/manage-issuers';
import { validateKey } from '../keygen/validate-key';
import { activate } from '../licensespring/activate';
import { checkCall } from '../licensespring/check-call';
import { createClient, withdrawClient } from '../licensespring/manage-clients';
import { setProduct } from '../licensespring/set-product';
import type { LicenseSpringScene } from '../licensespring/testing/scene';
import { bytesOf, fileOf, makeScene, membersOf, sell, takeVersion1 } from '../licensespring/testing/scene';
import { nativeKeys } from '../native/keys';
import { perform } from '../operation';
import { findSignedIn } from '../sign-in/session-current';
import { sessionEnd } from '../sign-in/session-end';
import { exchange } from '../testing/exchange';
import { deviceText, makeLicence } from '../testing/keygen';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { Replica } from '../testing/test-portal';
import { makeReplica } from '../testing/test-portal';
import { rotateKeys } from './rotate-keys';

// Two portals over one database: a withdrawal by one holds for the next call to the other.

let scene: LicenseSpringScene;
let other: Replica;
let customer: TestCustomer;
/** At the portal where nothing is withdrawn. */
let member: OperationContext;
let application: OperationContext;

beforeAll(async () => {
  scene = await makeScene();
  other = makeReplica(scene.portal);
  customer = await makeCustomer(scene.portal);
  member = other.contextFor(customer.member);
  application = other.contextFor(scene.application.actor);
});

afterAll(async () => {
  await other.close();
  await scene.portal.close();
});

const codeOf = (result: { ok: true } | { ok: false; rejection: { code: string } }) =>
  result.ok ? 'done' : result.rejection.code;

describe('a client of LicenseSpring applications', () => {
  const newClient = (kind: 'api-key' | 'oauth') => done(createClient, { kind }, scene.operator);
  const namedBy = ({ kind, id }: { kind: string; id: string }) =>
    kind === 'oauth' ? { api_key: undefined, client_id: id } : { api_key: id };

  it.each(['api-key', 'oauth'] as const)('that was withdrawn signs no call and no file any more: %s', async (kind) => {
    const licence = await sell(scene);
    const client = await newClient(kind);
    const call = () => {
      const date = new Date().toUTCString();
      const signature = createHmac('sha256', client.secret).update(`licenseSpring\ndate: ${date}`).digest('base64');
      const authorization = `algorithm="hmac-sha256",headers="date",signature="${signature}",apikey="${client.id}"`;
      return perform(checkCall, { authorization, date }, application);
    };
    const ask = () => {
      const members = membersOf(scene, licence, { ...namedBy(client), request_id: randomUUID() });
      return perform(activate, { bytes: bytesOf(fileOf(members, client.secret)) }, application);
    };
    expect([codeOf(await call()), codeOf(await ask())]).toEqual(['done', 'done']);
    await done(withdrawClient, { id: client.id }, scene.operator);
    expect([codeOf(await call()), codeOf(await ask())]).toEqual(['call-client-unknown', 'file-client-unknown']);
  });

  it('that was just made is known', async () => {
    const licence = await sell(scene);
    const client = await newClient('api-key');
    const bytes = bytesOf(fileOf(membersOf(scene, licence, namedBy(client)), client.secret));
    expect(codeOf(await perform(activate, { bytes }, application))).toBe('done');
  });

  it('writes no file of the first version for a product that takes it no longer', async () => {
    const licence = await sell(scene, { product: 'strict-soon' });
    const ask = () => {
      const members = membersOf(scene, licence, { schema_version: undefined, request_id: undefined });
      return perform(activate, { bytes: bytesOf(fileOf(members, scene.issuer.sharedKey)) }, application);
    };
    await takeVersion1(scene, licence);
    expect(codeOf(await ask())).toBe('done');
    await done(setProduct, { code: 'strict-soon', minimumSchema: 2 }, scene.operator);
    expect(codeOf(await ask())).toBe('file-schema-too-old');
  });
});

describe('keys for software built for Keygen', () => {
  const validated = async (key: string) => {
    const result = await perform(validateKey, { key }, application);
    return result.ok ? result.value : result.rejection.code;
  };

  it('that were replaced sign nothing any more, and those that were just made do', async () => {
    expect(await validated('A')).toBe('keygen-keys-missing');
    await done(createKeygenKeys, {}, scene.operator);
    const before = await validated('A');
    expect(before).toMatchObject({ code: 'NOT_FOUND' });
    await done(rotateKeygenKeys, {}, scene.operator);
    const after = await validated('A');
    expect(typeof before === 'object' && typeof after === 'object' && after.issuer !== before.issuer).toBe(true);
  });

  it('of a licence are worth nothing once they were withdrawn', async () => {
    const licence = await makeLicence(scene.portal, customer);
    expect((await exchange(member, deviceText(licence.key, 'cpu-1'))).code).toBe('done');
    expect(await validated(licence.key)).toMatchObject({ code: 'VALID' });
    await done(withdrawCode, { code: licence.key }, scene.operator);
    expect((await exchange(member, deviceText(licence.key, 'cpu-2'))).code).toBe('activation-code-withdrawn');
  });
});

describe('native files', () => {
  it('with a code that was withdrawn are refused', async () => {
    const entitlement = await makeEntitlement(scene.portal, customer);
    expect((await exchange(member, await (await makeDevice(scene.portal, entitlement)).request())).code).toBe('done');
    await done(withdrawCode, { code: entitlement.code }, scene.operator);
    const refused = await exchange(member, await (await makeDevice(scene.portal, entitlement)).request());
    expect(refused.code).toBe('activation-code-withdrawn');
  });

  it('for an exchange key that was withdrawn are refused, and answers are signed by the new key', async () => {
    const entitlement = await makeEntitlement(scene.portal, customer);
    expect((await exchange(member, await (await makeDevice(scene.portal, entitlement)).request())).code).toBe('done');
    const now = new Date();
    const rotation = {
      signing: true,
      exchange: true,
      rootPrivateJwk: scene.portal.root.privateJwk,
      opensUntil: now.toISOString(),
    };
    const { signingKid, exchangeKid } = await done(rotateKeys, rotation, scene.portal.contextFor(OPERATOR, now));
    const old = await exchange(member, await (await makeDevice(scene.portal, entitlement)).request());
    expect(old.code).toBe('exchange-key-retired');
    const { kid, exchangeJwk } = await nativeKeys(await other.keyring.current()).native();
    expect([kid, await thumbprintOf(exchangeJwk)]).toEqual([signingKid, exchangeKid]);
  });
});

describe('a session', () => {
  it('that was ended is over', async () => {
    const userId = customer.member.role === 'member' ? customer.member.userId : '';
    const rows = await scene.portal.db.execute<{ id: string }>(
      sql`insert into sessions (user_id, expires_at) values (${userId}, now() + interval '1 day') returning id`,
    );
    const session = rows[0]?.id ?? '';
    expect(await findSignedIn(other, session)).toMatchObject({ sessionId: session });
    await done(sessionEnd, { session }, scene.portal.contextFor(customer.member));
    expect(await findSignedIn(other, session)).toBeNull();
  });
});

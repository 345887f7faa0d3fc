import { expect, test } from 'vitest';
import { detectDialect } from '../detect-dialect';
import { DIALECTS } from '../formats';
import { nativeDialect } from '../native/dialect';
import { describeDialect } from '../testing/describe-dialect';
import { licenseSpringDialect } from './dialect';
import type { LicenseSpringKeys } from './issuer';
import { clientsOf, portalOfVectors, readVectorKeys } from './testing/read-vectors';
import { DEVICE, keyRequest, REQUEST_ID, userRequest, withoutMember } from './testing/sample-members';
import type { Members } from './testing/vector';
import { encode, fileOfV1, fileOfV2 } from './testing/vector';

const keys = readVectorKeys();
const portal = portalOfVectors(keys);

function fileOf(text: string) {
  return { name: null, bytes: new TextEncoder().encode(text) };
}

function open(text: string) {
  return licenseSpringDialect.open(fileOf(text), portal);
}

const byKey = { ...keyRequest(keys), ...DEVICE, schema_version: 2 };

describeDialect<LicenseSpringKeys>({
  dialect: licenseSpringDialect,
  // Version 2, which protects all of a file; what version 1 leaves open is tested below.
  async makeFiles() {
    const deactivation = { ...byKey, request: 'deactivation' };
    const byUser = { ...userRequest(keys), schema_version: 2 };
    return [
      { kind: 'activation', text: fileOfV2(byKey, keys.shared_key, { outer: 'hex', isSignedInside: true }), keys: portal },
      {
        kind: 'activation',
        text: fileOfV2(byUser, keys.client_secret, { outer: 'base64', isSignedInside: false }),
        keys: portal,
      },
      {
        kind: 'deactivation',
        text: fileOfV2(deactivation, keys.shared_key, { outer: 'base64', isSignedInside: true }),
        keys: portal,
      },
    ];
  },
  async makeWrongKeys() {
    return portalOfVectors(
      keys,
      clientsOf(keys).map((client) => ({ ...client, secret: `${client.secret}!` })),
    );
  },
});

test('what version 1 does not sign stays a claim: whose it is and which device cannot be changed', async () => {
  const good = keyRequest(keys);
  const opened = await open(fileOfV1(good, keys.shared_key));
  const change = (members: Members) => {
    const { signature } = JSON.parse(Buffer.from(fileOfV1(good, keys.shared_key), 'base64').toString());
    return open(encode(JSON.stringify({ ...good, ...members, signature })));
  };
  for (const unsigned of [{ product: 'other' }, { variables: { paid: true } }, { license_id: 7 }]) {
    const changed = await change(unsigned);
    expect(changed.payloadDigest).not.toBe(opened.payloadDigest);
    expect(changed.requestId).not.toBe(opened.requestId);
  }
  // What it asks for is no part of which request it is: turned round, it is the same one, and not what was answered.
  const turned = await change({ request: 'deactivation' });
  expect(turned.requestId).toBe(opened.requestId);
  expect(turned.payloadDigest).not.toBe(opened.payloadDigest);
  // Another product is another device key: what is found by it belongs to that product.
  expect((await change({ product: 'other' })).deviceKey).not.toBe(opened.deviceKey);
  for (const signed of [{ license_key: 'X' }, { hardware_id: 'X' }, { date: 'Fri, 29 Aug 2025 07:22:38 GMT' }]) {
    await expect(change(signed)).rejects.toThrow('token-not-authentic');
  }
});

test('an id that version 1 does not sign is not taken; the same file has the same id for ever', async () => {
  const named = { ...keyRequest(keys), request_id: REQUEST_ID };
  const opened = await open(fileOfV1(named, keys.shared_key));
  expect(opened.requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(await open(fileOfV1(named, keys.shared_key))).toEqual(opened);
  expect((await open(fileOfV1(withoutMember(named, 'request_id'), keys.shared_key))).requestId).not.toBe(opened.requestId);
});

const HEX = { outer: 'hex', isSignedInside: true } as const;
const ALONE = { outer: 'base64', isSignedInside: false } as const;
const unsaid = withoutMember(byKey, 'request');
const unnamed = withoutMember(unsaid, 'request_id');

test.each([
  ['version 1', fileOfV1(withoutMember(keyRequest(keys), 'request'), keys.shared_key)],
  ['version 1 with an id', fileOfV1({ ...withoutMember(keyRequest(keys), 'request'), request_id: REQUEST_ID }, keys.shared_key)],
])('the same bytes of %s are one request, under any name and stated kind', async (_, file) => {
  const bytes = new TextEncoder().encode(file);
  const named = (name: string | null, kindAsked?: 'activation' | 'deactivation') =>
    licenseSpringDialect.open({ name, bytes, ...(kindAsked && { kindAsked }) }, portal);
  const activations = [await named('ls_activation.req'), await named(null, 'activation'), await named('activate_offline.req')];
  const deactivations = [await named('ls_deactivation.req'), await named('x.req', 'deactivation')];
  const all = [...activations, ...deactivations];
  expect(new Set(all.map(({ requestId }) => requestId)).size).toBe(1);
  expect(new Set(activations.map(({ payloadDigest }) => payloadDigest)).size).toBe(1);
  expect(new Set(deactivations.map(({ payloadDigest }) => payloadDigest)).size).toBe(1);
  expect(new Set(all.map(({ payloadDigest }) => payloadDigest)).size).toBe(2);
});

test.each([
  ['named', unsaid, HEX],
  ['unnamed', unnamed, HEX],
  ['unnamed, signed around alone', unnamed, ALONE],
] as const)('version 2 has to say itself what it asks for: %s', async (_, members, form) => {
  const bytes = new TextEncoder().encode(fileOfV2(members, keys.shared_key, form));
  const as = (coming: object) => licenseSpringDialect.open({ name: null, bytes, ...coming }, portal);
  const ways = [{}, { name: 'ls_activation.req' }, { name: 'ls_deactivation.req' }, { kindAsked: 'activation' }];
  for (const way of [...ways, { kindAsked: 'deactivation' }, { name: 'ls_activation.req', kindAsked: 'activation' }]) {
    await expect(as(way)).rejects.toThrow('file-kind-unsigned');
  }
  // An application that calls says it by the address. It is one request all the same.
  const [activation, deactivation] = [await as({ calledFor: 'activation' }), await as({ calledFor: 'deactivation' })];
  expect([activation.kind, deactivation.kind]).toEqual(['activation', 'deactivation']);
  expect(deactivation.requestId).toBe(activation.requestId);
  expect(deactivation.payloadDigest).not.toBe(activation.payloadDigest);
});

test.each([null, ''])('a `request` of version 2 that is %j says nothing', async (request) => {
  await expect(open(fileOfV2({ ...byKey, request }, keys.shared_key, HEX))).rejects.toThrow('file-kind-unsigned');
});

test('one licence on one machine has one device key, however its key is typed, and another on every other', async () => {
  const key = async (change: Members) => (await open(fileOfV1({ ...keyRequest(keys), ...change }, keys.shared_key))).deviceKey;
  const ordinary = await key({});
  expect(await key({ license_key: '7kq2mxw9pd 4htrbycv6n' })).toBe(ordinary);
  expect(await key({ request: 'deactivation', date: 'Sat, 30 Aug 2025 07:22:37 GMT' })).toBe(ordinary);
  expect(await key({ hardware_id: 'B7F4-51C2-PRESS-7' })).not.toBe(ordinary);
  expect(await key({ license_key: '7KQ2M-XW9PD-4HTRB-YCV6P' })).not.toBe(ordinary);
});

test('a user is the same with any text behind the bar of the name', async () => {
  const named = async (username: string) => open(fileOfV1({ ...userRequest(keys), username }, keys.client_secret));
  const [one, other] = [await named('ada@example.com'), await named('ada@example.com|AC-7')];
  expect(other).toMatchObject({ activationCode: 'ada@example.com', deviceKey: one.deviceKey });
});

test('hardware id, licence key and user name are stored encrypted, and the password nowhere', async () => {
  const opened = await open(fileOfV1(userRequest(keys), keys.client_secret));
  expect(opened).toMatchObject({
    details: { password: 'correct horse battery staple' },
    replyTo: {
      hardwareId: { sealed: 'sealed b7f4-51c2-PRESS-7' },
      identity: { kind: 'user', sealed: 'sealed ada@example.com|AC-2041' },
      client: { kind: 'oauth', id: keys.client_id },
    },
  });
  expect(JSON.stringify('replyTo' in opened && opened.replyTo)).not.toContain('correct horse');
});

test('the inspector shows four characters of a licence key, the host of a user name, and no password', async () => {
  const learnt: string[] = [];
  for (const file of [fileOfV1(keyRequest(keys), keys.shared_key), fileOfV1(userRequest(keys), keys.client_secret)])
    await licenseSpringDialect.open(fileOf(file), portal, (_, members) => learnt.push(JSON.stringify(members ?? null)));
  const shown = learnt.join('\n');
  expect(shown).toContain('"license_key":"•••• CV6N"');
  expect(shown).toContain('"username":"a••••@example.com|AC-2041"');
  expect(shown).not.toMatch(/7KQ2M|correct horse|ada@/);
});

test('a device without a host name is called by a digest of its hardware id, and no name turns a page around', async () => {
  const name = async (change: Members) => {
    const opened = await open(fileOfV1({ ...keyRequest(keys), ...change }, keys.shared_key));
    return 'device' in opened ? opened.device.name : null;
  };
  const machine = await name({});
  expect(machine).toMatch(/^Machine [2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{2}$/);
  // The same machine has the same name in every request; another one has another.
  expect(await name({ license_key: 'ABCDE', date: 'Sat, 30 Aug 2025 07:22:37 GMT', hostname: '' })).toBe(machine);
  expect(await name({ hardware_id: 'b7f4-51c2-PRESS-8' })).not.toBe(machine);
  expect(await name({ hostname: 'press\u202E7\n' })).toBe('press 7');
  expect(await name({ os_hostname: 'x'.repeat(300) })).toHaveLength(100);
});

test.each([
  ['a native token', 'eyJhbGciOi.AAAA'],
  ['armour', '-----BEGIN ACTIVATION REQUEST-----'],
  ['base64 of other JSON', encode('{"key":"A","fingerprint":"B"}')],
  ['base64 of a text', encode('"hardware_id" is not in an object')],
  ['JSON', '{"hardware_id":"x"}'],
  ['HTML', '<!doctype html>'],
  ['base64 of a list', encode('[{"hardware_id":"x"}]')],
])('%s is none of this dialect', (_, text) => {
  expect(licenseSpringDialect.detect(text)).toBe(false);
});

test('the registry tells the dialects apart', () => {
  expect(detectDialect(Object.values(DIALECTS), fileOf(fileOfV1(keyRequest(keys), keys.shared_key)))).toBe(licenseSpringDialect);
  expect(detectDialect(Object.values(DIALECTS), fileOf(encode('{"license_signature":"A"}')))).toBe(licenseSpringDialect);
  expect(detectDialect(Object.values(DIALECTS), fileOf('eyJhbGciOi.AAAA'))).toBe(nativeDialect);
});

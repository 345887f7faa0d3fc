import { join } from 'node:path';
import type { KeygenPublicForms } from '@/lib/dialects/keygen/issuer';
import { SIGNATURE_ALGORITHMS } from '@/lib/dialects/keygen/scheme';
import type { ApiCall, ApiReply } from './helpers/call-keygen-api';
import { callApi, expectSigned } from './helpers/call-keygen-api';
import { fromSetUp } from './helpers/environment';
import { expect, test } from './helpers/fixtures';
import { makeCustomer, TERMS } from './helpers/make-customer';
import type { CommandResult } from './helpers/run-command';

const PATH = '/v1/licenses/actions/validate-key';
const FINGERPRINT = 'serial 0042';

type Operator = (...parameters: string[]) => Promise<CommandResult>;

async function jsonOf(operator: Operator, ...parameters: string[]) {
  const { exitCode, stdout, stderr } = await operator(...parameters, '--json');
  expect(exitCode, stderr || stdout).toBe(0);
  return JSON.parse(stdout);
}

async function publicKeys(operator: Operator): Promise<KeygenPublicForms> {
  return await jsonOf(operator, 'keygen', 'public');
}

async function makeLicence(operator: Operator, folder: string) {
  const customer = await makeCustomer(operator, { folder, seats: 2, terms: [...TERMS, '--keygen-scheme', 'ED25519_SIGN'] });
  const { entitlementId } = customer;
  const of = ['keygen', 'issue', '--entitlement', entitlementId];
  const { key } = await jsonOf(operator, ...of, 'key', '--out', join(folder, 'licence.key'));
  const activate = (fingerprint: string) =>
    jsonOf(operator, ...of, 'machine-file', '--fingerprint', fingerprint, '--out', join(folder, `${fingerprint}.lic`));
  return { ...customer, key: String(key), activate };
}

function question(key: unknown, more: object = {}): string {
  return JSON.stringify({ meta: { key, ...more } });
}

const url = () => fromSetUp('url');
const codeIn = ({ body }: ApiReply) => JSON.parse(body).meta.code;

test('a client that takes compressed answers gets the very bytes that were signed', async ({ operator }) => {
  const call: ApiCall = { path: PATH, body: question('no such key', {}), headers: { 'accept-encoding': 'gzip, br' } };
  const reply = await callApi(url(), call);
  expect(reply.headers['content-encoding']).toBeUndefined();
  expectSigned(reply, { call, host: new URL(url()).host, keys: await publicKeys(operator), algorithm: 'ed25519' });
});

test('a key is worth what its entitlement and its seats are, and the answer is signed for the client that asked', async ({
  operator,
  folder,
}) => {
  const keys = await publicKeys(operator);
  const { key, activate, entitlementId } = await makeLicence(operator, folder);
  const validate = async (scope: object | undefined, path = PATH) => {
    const call: ApiCall = { path, body: question(key, { nonce: 42, ...(scope === undefined ? {} : { scope }) }) };
    const reply = await callApi(url(), call);
    expectSigned(reply, { call, host: new URL(url()).host, keys, algorithm: 'ed25519' });
    expect(reply.status).toBe(200);
    const { meta } = JSON.parse(reply.body);
    expect(meta).toMatchObject({ nonce: 42, valid: meta.code === 'VALID', ...(scope === undefined ? {} : { scope }) });
    return reply;
  };

  expect(codeIn(await validate(undefined))).toBe('NO_MACHINES');
  expect(codeIn(await validate({ product: 'another' }))).toBe('PRODUCT_SCOPE_MISMATCH');
  await activate(FINGERPRINT);
  const valid = await validate(
    { fingerprint: FINGERPRINT },
    `/v1/accounts/${keys.account}/licenses/actions/validate-key?once=1&a=b`,
  );
  expect(JSON.parse(valid.body)).toMatchObject({
    data: { type: 'licenses', id: entitlementId, attributes: { key, status: 'ACTIVE', maxMachines: 2, metadata: {} } },
    meta: { code: 'VALID', valid: true, ts: expect.stringMatching(/^\d{4}-.*Z$/) },
  });
  expect(codeIn(await validate(undefined))).toBe('VALID');
  expect(codeIn(await validate({ fingerprint: 'another machine' }))).toBe('FINGERPRINT_SCOPE_MISMATCH');

  await jsonOf(operator, 'entitlement', 'disable', entitlementId);
  expect(codeIn(await validate({ fingerprint: FINGERPRINT }))).toBe('SUSPENDED');
});

test('every algorithm can be asked for, and the host that is signed is the client’s own', async ({ operator }) => {
  const keys = await publicKeys(operator);
  for (const algorithm of SIGNATURE_ALGORITHMS) {
    const headers = { host: 'licences.vendor.example:8443', 'keygen-accept-signature': `algorithm="${algorithm}"` };
    const call: ApiCall = { path: PATH, body: question('nobody has this'), headers };
    const reply = await callApi(url(), call);
    expectSigned(reply, { call, host: headers.host, keys, algorithm });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toMatchObject({ data: null, meta: { valid: false, code: 'NOT_FOUND' } });
  }
});

const BAD_BODIES: readonly (readonly [
  name: string,
  body: string | Buffer,
  status: number,
  code: string,
  pointer: string | null,
])[] = [
  ['nothing', '', 400, 'KEYGEN_BODY_DAMAGED', null],
  ['no JSON', '{"meta":', 400, 'KEYGEN_BODY_DAMAGED', null],
  ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 400, 'KEYGEN_BODY_DAMAGED', null],
  ['a member twice', '{"meta":{"key":"a","key":"b"}}', 400, 'KEYGEN_BODY_DAMAGED', null],
  ['deep nesting', '['.repeat(10_000), 400, 'KEYGEN_BODY_DAMAGED', null],
  ['a list', '[]', 400, 'KEYGEN_BODY_DAMAGED', ''],
  ['null', 'null', 400, 'KEYGEN_BODY_DAMAGED', ''],
  ['no meta', '{}', 400, 'KEYGEN_BODY_MEMBER_MISSING', '/meta'],
  ['a meta that is a list', '{"meta":[]}', 400, 'KEYGEN_BODY_MEMBER_REFUSED', '/meta'],
  ['no key', '{"meta":{}}', 400, 'KEYGEN_BODY_MEMBER_MISSING', '/meta/key'],
  ['an empty key', question(''), 400, 'KEYGEN_BODY_MEMBER_REFUSED', '/meta/key'],
  ['a key that is a number', question(7), 400, 'KEYGEN_BODY_MEMBER_REFUSED', '/meta/key'],
  ['a key that is null', question(null), 400, 'KEYGEN_BODY_MEMBER_REFUSED', '/meta/key'],
  ['a key of 10 KB', question('A'.repeat(10_000)), 400, 'KEYGEN_BODY_MEMBER_REFUSED', '/meta/key'],
  ['a nonce that is a list', question('a', { nonce: [1] }), 400, 'KEYGEN_BODY_MEMBER_REFUSED', '/meta/nonce'],
  ['a scope that is a text', question('a', { scope: 'x' }), 400, 'KEYGEN_BODY_MEMBER_REFUSED', '/meta/scope'],
  [
    'a fingerprint that is a number',
    question('a', { scope: { fingerprint: 1 } }),
    400,
    'KEYGEN_BODY_MEMBER_REFUSED',
    '/meta/scope/fingerprint',
  ],
  ['a megabyte', question('a', { scope: { product: 'A'.repeat(1_000_000) } }), 413, 'KEYGEN_BODY_TOO_LARGE', null],
];

test('bodies of every wrong shape are refused with code and place, signed', async ({ operator }) => {
  const keys = await publicKeys(operator);
  for (const [name, body, status, code, pointer] of BAD_BODIES) {
    const call: ApiCall = { path: PATH, body };
    const reply = await callApi(url(), call);
    expect(reply.status, name).toBe(status);
    const [error] = JSON.parse(reply.body).errors;
    expect(error, name).toMatchObject({ code, title: expect.any(String), detail: expect.stringMatching(/\.$/) });
    expect(error.source?.pointer ?? null, name).toBe(pointer);
    expectSigned(reply, { call, host: new URL(url()).host, keys, algorithm: 'ed25519' });
  }
});

test('another account, an algorithm that there is not, other methods and addresses are refused, signed by Ed25519', async ({
  operator,
}) => {
  const keys = await publicKeys(operator);
  const other = '11111111-2222-4333-8444-555555555555';
  const body = question('a');
  const asking = (header: string): ApiCall => ({ path: PATH, body, headers: { 'keygen-accept-signature': header } });
  const calls: readonly (readonly [ApiCall, number, string])[] = [
    [asking(`keyid="${other}", algorithm="ed25519"`), 400, 'KEYGEN_ACCOUNT_DIFFERS'],
    [asking('algorithm="hs256"'), 400, 'KEYGEN_ALGORITHM_UNKNOWN'],
    [asking('whatever you like'), 400, 'KEYGEN_ACCEPT_SIGNATURE_REFUSED'],
    [{ path: `/v1/accounts/${other}/licenses/actions/validate-key`, body }, 404, 'KEYGEN_ACCOUNT_DIFFERS'],
    [{ path: '/v1/accounts/%20/licenses/actions/validate-key', body }, 404, 'KEYGEN_ACCOUNT_DIFFERS'],
    [{ path: PATH, body: '', method: 'GET' }, 405, 'KEYGEN_METHOD_REFUSED'],
    [{ path: PATH, body, method: 'PUT' }, 405, 'KEYGEN_METHOD_REFUSED'],
    [{ path: PATH, body: '', method: 'OPTIONS' }, 405, 'KEYGEN_METHOD_REFUSED'],
    [{ path: PATH, body: '', method: 'TRACE' }, 405, 'KEYGEN_METHOD_REFUSED'],
    [{ path: '/v1/ping', body: '', method: 'PROPFIND' }, 405, 'KEYGEN_METHOD_REFUSED'],
    [{ path: '/v1/ping', body: '', method: 'DELETE' }, 405, 'KEYGEN_METHOD_REFUSED'],
    [{ path: '/v1/machines?page=1', body: '', method: 'GET' }, 404, 'CALL_ADDRESS_UNKNOWN'],
    [{ path: `/v1/accounts/${other}/machines`, body }, 404, 'CALL_ADDRESS_UNKNOWN'],
    [{ path: '/v1', body: '', method: 'PATCH' }, 404, 'CALL_ADDRESS_UNKNOWN'],
    [{ path: `${PATH}/`, body }, 404, 'CALL_ADDRESS_UNKNOWN'],
    [{ path: '/v1//ping', body }, 404, 'CALL_ADDRESS_UNKNOWN'],
    [{ path: '/v1/%zz', body }, 404, 'CALL_ADDRESS_UNKNOWN'],
    [{ path: '/v1/%00?a=%ff', body }, 404, 'CALL_ADDRESS_UNKNOWN'],
    [{ path: '/v1/machines', body: '', method: 'GET', headers: { rsc: '1' } }, 404, 'CALL_ADDRESS_UNKNOWN'],
  ];
  for (const [call, status, code] of calls) {
    const reply = await callApi(url(), call);
    expect([reply.status, JSON.parse(reply.body).errors[0].code]).toEqual([status, code]);
    expectSigned(reply, { call, host: new URL(url()).host, keys, algorithm: 'ed25519' });
  }
});

test('the portal says that it can be reached', async ({ request }) => {
  expect(await (await request.get('/v1/ping')).json()).toEqual({});
});

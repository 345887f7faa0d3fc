import { DATE, keyRequest, userRequest, withoutMember } from './sample-members';
import type { BadVector, Members, VectorKeys } from './vector';
import { encode, fileOfV1, signLines } from './vector';

/** Files whose base64 or JSON is refused. */
export function makeBadEnvelopes(keys: VectorKeys): BadVector[] {
  const good = fileOfV1({ ...keyRequest(keys), hostname: 'a?>~ÿÿ' }, keys.shared_key);
  const json = Buffer.from(good, 'base64').toString('utf8');
  const code = 'file-not-base64';
  const refusedJson = (name: string, text: string, problem: string): BadVector => ({
    name: `JSON: ${name}`,
    code: 'file-json-refused',
    facts: { problem },
    file: encode(text),
  });
  return [
    { name: 'base64url', code, file: Buffer.from(json).toString('base64url') },
    {
      name: 'base64 without its padding',
      code,
      file: encode(`${json} `.padEnd(json.length + 3 - ((json.length + 2) % 3)))
        .replace(/=+$/, 'A')
        .slice(0, -1),
    },
    { name: 'base64 with too much padding', code, file: `${good}====` },
    { name: 'base64 with a character in it that is none', code, file: good.replace(/.(?=.{20}$)/, '!') },
    {
      name: 'base64 with bits left over',
      code,
      file: `${encode(json.padEnd(json.length + (3 - (json.length % 3)) + 1)).slice(0, -3)}h==`,
    },
    refusedJson('a byte order mark inside', `\uFEFF${json}`, 'not JSON'),
    refusedJson('a trailing comma', json.replace(/\}$/, ',}'), 'not JSON'),
    refusedJson('two objects', json + json, 'not JSON'),
    refusedJson('cut short', json.slice(0, -20), 'not JSON'),
    refusedJson('a member twice', json.replace('{', '{"product":"other",'), 'duplicate member'),
    refusedJson('a member twice, once escaped', json.replace('{', '{"\\u0070roduct":"other",'), 'duplicate member'),
    refusedJson('NUL in a text', json.replace('"mstudio"', '"m\\u0000studio"'), 'NUL'),
    refusedJson('half of a surrogate pair', json.replace('"mstudio"', '"\\ud800"'), 'lone surrogate'),
    refusedJson('a member named __proto__', json.replace('{', '{"__proto__":{},'), 'member named __proto__'),
    refusedJson(
      'ten thousand levels',
      json.replace('{', `{"variables":${'['.repeat(10_000)}${']'.repeat(10_000)},`),
      'nesting over 8',
    ),
    { name: 'JSON: not UTF-8', code: 'file-json-refused', facts: { problem: 'not UTF-8' }, file: notUtf8(json) },
    { name: 'empty', code: 'file-empty', file: ' \n' },
    { name: 'too large', code: 'file-too-large', file_generated: { before: good, text: ' ', times: 65_536, after: '' } },
    {
      name: 'an answer',
      code: 'file-is-an-answer',
      file: encode(JSON.stringify({ id: 1, license_key: 'A', license_signature_v2: 'B' })),
    },
    { name: 'JSON without base64', code: 'file-not-base64', file: json },
  ];
}

function notUtf8(json: string): string {
  const bytes = Buffer.from(json);
  bytes.writeUInt8(0xff, json.indexOf('mstudio'));
  return bytes.toString('base64');
}

/** Values that a field may not have, each signed rightly. */
const REFUSED: readonly (readonly [string, unknown])[] = [
  ['hardware_id', 7],
  ['hardware_id', 'x'.repeat(501)],
  ['hardware_id', 'a\nb'],
  ['license_key', ['A']],
  ['license_key', 'x'.repeat(201)],
  ['license_key', 'A\u2028B'],
  ['product', true],
  ['product', 'x'.repeat(101)],
  ['date', 1_756_452_157],
  ['date', '2025-08-29'],
  ['date', 'Fri, 31 Feb 2025 07:22:37 GMT'],
  ['date', `${DATE} `],
  ['api_key', {}],
  ['api_key', 'x'.repeat(201)],
  ['request', 'Activation'],
  ['request', 1],
  ['request_id', 'not-a-uuid'],
  ['request_id', 7],
  ['license_id', 9_007_199_254_740_992],
  ['license_id', -1],
  ['license_id', 1.5],
  ['license_id', '12'],
  ['is_vm', 'true'],
  ['hostname', 'x'.repeat(1001)],
  ['os_ver', 11],
  ['variables', []],
  ['variables', { deep: {} }],
  ['variables', { big: 9_007_199_254_740_994 }],
  ['variables', Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`v${index}`, index]))],
  ['consumptions', 1.5],
  ['consumptions', -1],
  ['consumptions', '4'],
  ['product_features', {}],
  ['product_features', [{ consumptions: 1 }]],
  ['product_features', [{ code: 'exports', consumptions: -1 }]],
  ['bundle_code', 7],
];

/** Requests with a field that is missing or not as it has to be. */
export function makeBadFields(keys: VectorKeys): BadVector[] {
  const good = keyRequest(keys);
  const sign = (members: Members) => fileOfV1(members, keys.shared_key);
  const missing = (field: string, code: string, value?: unknown): BadVector => ({
    name: `${field} ${value === undefined ? 'missing' : JSON.stringify(value)}`,
    code,
    facts: { field },
    file: sign(value === undefined ? withoutMember(good, field) : { ...good, [field]: value }),
  });
  const overflown = encode(
    JSON.stringify({ ...good, license_id: 0, signature: signLines(good, keys.shared_key) }).replace(
      '"license_id":0',
      '"license_id":1e400',
    ),
  );
  return [
    ...['license_key', 'hardware_id', 'api_key'].flatMap((field) =>
      [undefined, '', null].map((value) => missing(field, 'file-identity-missing', value)),
    ),
    ...['product', 'date'].flatMap((field) => [undefined, '', null].map((value) => missing(field, 'file-field-missing', value))),
    {
      name: 'a user without a password',
      code: 'file-identity-missing',
      facts: { field: 'password' },
      file: fileOfV1(withoutMember(userRequest(keys), 'password'), keys.client_secret),
    },
    ...REFUSED.map(
      ([field, value]): BadVector => ({
        name: `${field}: ${JSON.stringify(value).slice(0, 40)}`,
        code: 'file-field-refused',
        facts: { field },
        file: sign({ ...good, [field]: value }),
      }),
    ),
    { name: 'license_id beyond all numbers', code: 'file-field-refused', facts: { field: 'license_id' }, file: overflown },
  ];
}

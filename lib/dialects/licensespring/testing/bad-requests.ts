import { makeBadEnvelopes, makeBadFields } from './bad-fields';
import { DEVICE, keyRequest, withoutMember } from './sample-members';
import type { BadVector, Members, VectorKeys } from './vector';
import { encode, fileOfV1, fileOfV2, hmac, signLines } from './vector';

const HEX = { outer: 'hex', isSignedInside: true } as const;

function signatures(keys: VectorKeys): BadVector[] {
  const good = keyRequest(keys);
  const sealed = (signature: unknown) => encode(JSON.stringify({ ...good, signature }));
  const right = signLines(good, keys.shared_key);
  const other = 'token-not-authentic';
  const refused = { code: 'file-field-refused', facts: { field: 'signature' } };
  const changed = (change: Members) => encode(JSON.stringify({ ...good, ...change, signature: right }));
  return [
    { name: 'signature missing', code: 'file-field-missing', facts: { field: 'signature' }, file: encode(JSON.stringify(good)) },
    { name: 'signature empty', code: 'file-field-missing', facts: { field: 'signature' }, file: sealed('') },
    { name: 'signature that is a number', ...refused, file: sealed(7) },
    { name: 'signature that is too short', ...refused, file: sealed(right.slice(0, 40)) },
    { name: 'signature that is too long', ...refused, file: sealed(`${right.slice(0, -1)}A${right}`) },
    { name: 'signature in hexadecimal', ...refused, file: sealed(Buffer.from(right, 'base64').toString('hex')) },
    { name: 'signature in base64url', ...refused, file: sealed(Buffer.from(right, 'base64').toString('base64url')) },
    { name: 'signature of another key', code: other, file: sealed(signLines(good, keys.client_secret)) },
    { name: 'signature of no key', code: other, file: sealed(signLines(good, '')) },
    { name: 'signature over another date', code: other, file: changed({ date: 'Fri, 29 Aug 2025 07:22:38 GMT' }) },
    { name: 'signature over another hardware id', code: other, file: changed({ hardware_id: 'b7f4-51c2-PRESS-8' }) },
    { name: 'signature over another licence key', code: other, file: changed({ license_key: '7KQ2M-XW9PD-4HTRB-YCV6P' }) },
    { name: 'signature over the key in lower case', code: other, file: changed({ license_key: '7kq2m-xw9pd-4htrb-ycv6n' }) },
    { name: 'signature by another client', code: other, file: changed({ api_key: keys.api_key_of_other }) },
    { name: 'an api key that is none', code: 'file-client-unknown', file: changed({ api_key: 'nobody' }) },
    {
      name: 'a client id in the place of an api key',
      code: 'file-client-unknown',
      file: fileOfV1({ ...good, api_key: keys.client_id }, keys.client_secret),
    },
    {
      name: 'a client that is for another product',
      code: 'file-client-not-for-product',
      facts: { product: 'mstudio' },
      file: fileOfV1({ ...good, api_key: keys.api_key_of_other }, keys.shared_key_of_other),
    },
  ];
}

function versions(keys: VectorKeys): BadVector[] {
  const good = { ...keyRequest(keys), ...DEVICE, schema_version: 2 };
  const secret = keys.shared_key;
  const inner = { ...good, signature: signLines(good, secret) };
  const outer = (content: unknown, signature: unknown) => encode(JSON.stringify({ request: content, signature }));
  const right = hmac(secret, JSON.stringify(inner), 'hex');
  const broken = { ...good, signature: signLines(good, keys.client_secret) };
  const refused = { code: 'file-field-refused', facts: { field: 'signature' } };
  const version = (found: unknown) => fileOfV2({ ...good, schema_version: found }, secret, HEX);
  return [
    { name: 'v2: a member changed', code: 'token-not-authentic', file: outer({ ...inner, variables: { line: 'B' } }, right) },
    { name: 'v2: the product changed', code: 'token-not-authentic', file: outer({ ...inner, product: 'other' }, right) },
    {
      name: 'v2: what it asks for changed',
      code: 'token-not-authentic',
      file: outer({ ...inner, request: 'deactivation' }, right),
    },
    { name: 'v2: a member added', code: 'token-not-authentic', file: outer({ ...inner, license_id: 1 }, right) },
    { name: 'v2: signed by another key', code: 'token-not-authentic', file: fileOfV2(good, keys.client_secret, HEX) },
    {
      name: 'v2: the inner signature broken',
      code: 'file-inner-signature-differs',
      file: outer(broken, hmac(secret, JSON.stringify(broken), 'hex')),
    },
    {
      name: 'v2: the inner signature broken, base64 around',
      code: 'file-inner-signature-differs',
      file: outer(broken, hmac(secret, JSON.stringify(broken))),
    },
    {
      name: 'v2: hexadecimal around none',
      code: 'file-field-missing',
      facts: { field: 'signature' },
      file: outer(good, hmac(secret, JSON.stringify(good), 'hex')),
    },
    { name: 'v2: hexadecimal in capitals', ...refused, file: outer(inner, right.toUpperCase()) },
    { name: 'v2: signature missing', code: 'file-field-missing', facts: { field: 'signature' }, file: outer(inner, undefined) },
    { name: 'v2: signature of another length', ...refused, file: outer(inner, right.slice(2)) },
    { name: 'v2: signature not a text', ...refused, file: outer(inner, [right]) },
    {
      name: 'v2: a list for a request',
      code: 'file-identity-missing',
      file: encode(JSON.stringify({ ...{ request: [inner] }, hardware_id: 'x', signature: signLines(good, secret) })),
    },
    {
      name: 'v2: without its number',
      code: 'file-field-missing',
      facts: { field: 'schema_version' },
      file: fileOfV2(withoutMember(good, 'schema_version'), secret, HEX),
    },
    { name: 'v2: numbered 1', code: 'file-field-refused', facts: { field: 'schema_version' }, file: version(1) },
    { name: 'v2: numbered in text', code: 'file-field-refused', facts: { field: 'schema_version' }, file: version('2') },
    { name: 'v3', code: 'format-version-unknown', facts: { found: '3' }, file: version(3) },
    {
      name: 'v2 taken out of its signature',
      code: 'file-field-refused',
      facts: { field: 'schema_version' },
      file: encode(JSON.stringify(inner)),
    },
    {
      name: 'v1 of a product that wants v2',
      code: 'file-schema-too-old',
      facts: { product: 'strict', wanted: 2, found: 1 },
      file: fileOfV1({ ...keyRequest(keys), product: 'strict' }, secret),
    },
  ];
}

function kinds(keys: VectorKeys): BadVector[] {
  const said = fileOfV1(keyRequest(keys), keys.shared_key);
  const unsaid = fileOfV1(withoutMember(keyRequest(keys), 'request'), keys.shared_key);
  const unsigned = { ...withoutMember(keyRequest(keys), 'request'), schema_version: 2 };
  const unsignedV2 = fileOfV2(unsigned, keys.shared_key, HEX);
  const code = 'file-kind-unsigned';
  const unclear = ['press-7.req', 'reactivation.req', 'activation-or-deactivation.req', 'ls_activation.lic', ''];
  return [
    { name: 'neither file nor name say what it asks for', code: 'file-kind-unclear', file: unsaid },
    ...unclear.map((file_name) => ({
      name: `a name that says nothing: "${file_name}"`,
      code: 'file-kind-unclear',
      file_name,
      file: unsaid,
    })),
    { name: 'v2: does not say what it asks for', code, file: unsignedV2 },
    { name: 'v2: does not say it, its name does: activation', code, file_name: 'ls_activation.req', file: unsignedV2 },
    { name: 'v2: does not say it, its name does: deactivation', code, file_name: 'ls_deactivation.req', file: unsignedV2 },
    { name: 'v2: does not say it, its bringer does', code, kind_asked: 'activation', file: unsignedV2 },
    {
      name: 'v2: does not say it, base64 alone, with an id',
      code,
      kind_asked: 'deactivation',
      file: fileOfV2({ ...unsigned, request_id: '3f0c7a52-6a7e-4b0f-9d3a-2f1f6f0a9c11' }, keys.shared_key, {
        outer: 'base64',
        isSignedInside: false,
      }),
    },
    { name: 'v2: leaves empty what it asks for', code, file: fileOfV2({ ...unsigned, request: '' }, keys.shared_key, HEX) },
    {
      name: 'brought for another thing than it asks for',
      code: 'file-kind-differs',
      facts: { found: 'activation', asked: 'deactivation' },
      kind_asked: 'deactivation',
      file: said,
    },
    {
      name: 'brought for another thing than its name says',
      code: 'file-kind-differs',
      facts: { found: 'deactivation', asked: 'activation' },
      kind_asked: 'activation',
      file_name: 'ls_deactivation.req',
      file: unsaid,
    },
  ];
}

/** A file for each way of being bad. */
export function makeBadRequests(keys: VectorKeys): BadVector[] {
  return [...makeBadEnvelopes(keys), ...makeBadFields(keys), ...signatures(keys), ...versions(keys), ...kinds(keys)];
}

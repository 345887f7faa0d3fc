import { createHmac } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { makeKeyCases, withHighestBit } from './keys-that-prove-nothing';
import { REQUEST_HEADERS, sampleProof, sampleRequest } from './sample-claims';
import type { BadVector, Case, Recipe } from './vector';
import { jweHeaderFor, makeToken, wrap } from './vector';
import type { VectorKeys } from './vector-keys';

const header = (member: string) => ({ member });
const problem = (text: string) => ({ problem: text });

/** Wrong in the header of the encryption: refused before anything is decrypted. */
function encryptionHeader(keys: VectorKeys): Case[] {
  const withHeader = (change: object): Partial<Recipe> => ({
    jweHeader: (epk) => ({ ...jweHeaderFor(keys.exchange, epk), ...change }),
  });
  const without = (member: string): Partial<Recipe> => ({
    jweHeader: (epk) => Object.fromEntries(Object.entries(jweHeaderFor(keys.exchange, epk)).filter(([name]) => name !== member)),
  });
  const compressed: Partial<Recipe> = { ...withHeader({ zip: 'DEF' }), jws: (jws) => deflateRawSync(jws) };
  const twice: Partial<Recipe> = {
    jweHeader: (epk) => `{"alg":"ECDH-ES",${JSON.stringify(jweHeaderFor(keys.exchange, epk)).slice(1)}`,
  };
  const refused = 'token-header-refused';
  return [
    ['JWE: zip', refused, header('zip'), compressed],
    ['JWE: crit', refused, header('crit'), withHeader({ crit: ['urn:example:x'], 'urn:example:x': 1 })],
    ['JWE: jku', refused, header('jku'), withHeader({ jku: 'https://keys.example/jwks' })],
    ['JWE: x5u', refused, header('x5u'), withHeader({ x5u: 'https://keys.example/x5u' })],
    ['JWE: a member that is not on the list', refused, header('apu'), withHeader({ apu: 'AA' })],
    ['JWE: alg none', refused, header('alg'), withHeader({ alg: 'none' })],
    ['JWE: another alg', refused, header('alg'), withHeader({ alg: 'ECDH-ES+A256KW' })],
    ['JWE: another enc', refused, header('enc'), withHeader({ enc: 'A128GCM' })],
    ['JWE: another typ', refused, header('typ'), withHeader({ typ: 'JWT' })],
    ['JWE: no cty', refused, header('cty'), without('cty')],
    ['JWE: no kid', refused, header('kid'), without('kid')],
    ['JWE: a duplicate member in the header', refused, header('duplicate member'), twice],
    [
      'JWE: an ephemeral key with a private member',
      refused,
      header('epk'),
      { jweHeader: (epk) => ({ ...jweHeaderFor(keys.exchange, { ...epk, d: epk.x ?? '' }) }) },
    ],
    [
      'JWE: an ephemeral key with the bit set that X25519 ignores',
      refused,
      header('epk'),
      { jweHeader: (epk) => jweHeaderFor(keys.exchange, { ...epk, x: withHighestBit(epk.x ?? '') }) },
    ],
    [
      'JWE: an ephemeral key of another curve',
      refused,
      header('epk'),
      { recipient: keys.exchange_p256, jweHeader: (epk) => jweHeaderFor(keys.exchange, epk) },
    ],
  ];
}

/** Wrong in the encryption itself, or for whom it is. */
function encryption(keys: VectorKeys): Case[] {
  return [
    ['JWE: a header that is not JSON', 'token-malformed', null, { jweHeader: () => 'eyJ' }],
    ['JWE: an encrypted key', 'token-malformed', null, { encryptedKey: 'AAAA' }],
    ['JWE: to a key of another vendor', 'exchange-key-unknown', null, { recipient: keys.exchange_of_another_vendor }],
    [
      'JWE: to a retired key',
      'exchange-key-retired',
      { openedUntil: keys.exchange_retired.opened_until },
      { recipient: keys.exchange_retired },
    ],
    [
      'JWE: encrypted to another key than it names',
      'token-not-authentic',
      null,
      { recipient: keys.exchange_retiring, jweHeader: (epk) => jweHeaderFor(keys.exchange, epk) },
    ],
  ];
}

/** Wrong in the signed header or the signature. */
function signature(keys: VectorKeys): Case[] {
  const { device, device_unknown } = keys;
  const good = { alg: 'Ed25519', typ: 'activation-request+jwt' };
  const withHeader = (change: object): Partial<Recipe> => ({ jwsHeader: { ...good, ...change } });
  const hmac = (jws: string) => {
    const text = jws.split('.').slice(0, 2).join('.');
    return `${text}.${createHmac('sha256', device.signing.publicJwk.x).update(text).digest('base64url')}`;
  };
  const flipped = (jws: string) => jws.replace(/.(?=.{10}$)/, (found) => (found === 'A' ? 'B' : 'A'));
  const refused = 'token-header-refused';
  return [
    ['JWS: alg none', refused, header('alg'), { signing: null }],
    ['JWS: alg HS256 with the public key as the secret', refused, header('alg'), { ...withHeader({ alg: 'HS256' }), jws: hmac }],
    ['JWS: alg EdDSA, the name before RFC 9864', refused, header('alg'), withHeader({ alg: 'EdDSA' })],
    ['JWS: alg of another key type', refused, header('alg'), withHeader({ alg: 'ES256' })],
    ['JWS: crit', refused, header('crit'), withHeader({ crit: ['b64'], b64: true })],
    ['JWS: jku', refused, header('jku'), withHeader({ jku: 'https://keys.example/jwks' })],
    ['JWS: x5u', refused, header('x5u'), withHeader({ x5u: 'https://keys.example/x5u' })],
    ['JWS: an embedded key', refused, header('jwk'), withHeader({ jwk: device.signing.publicJwk })],
    [
      'JWS: a certificate, which only replies carry',
      refused,
      header('key_cert'),
      withHeader({ key_cert: keys.signing.certificate }),
    ],
    ['JWS: kid of another key', refused, header('kid'), withHeader({ kid: device_unknown.signing.kid })],
    [
      'JWS: a duplicate member in the header',
      refused,
      header('duplicate member'),
      { jwsHeader: `{"alg":"none",${JSON.stringify(good).slice(1)}` },
    ],
    ['JWS: an unknown typ', refused, header('typ'), withHeader({ typ: 'JWT' })],
    ['JWS: typ of an answer', 'file-is-an-answer', null, withHeader({ typ: 'refresh+jwt' })],
    ['JWS: typ of a proof', 'file-headers-differ', { header: 'BEGIN' }, withHeader({ typ: 'deactivation+jwt' })],
    ['JWS: signed by another key than cnf', 'token-not-authentic', null, { signing: device_unknown.signing }],
    ['JWS: signature changed', 'token-not-authentic', null, { jws: flipped }],
    ['JWS: two segments', 'token-malformed', null, { jws: (jws) => jws.split('.').slice(0, 2).join('.') }],
    ['JWS: not a JWS at all', 'token-malformed', null, { jws: () => 'hello' }],
  ];
}

/** Text of the payload that is not the JSON it should be. */
function json(keys: VectorKeys): Case[] {
  const claims = JSON.stringify(sampleRequest(keys.device));
  const named = (name: string) => ({ payload: claims.replace('Press line 7', name) });
  const ext = (text: string) => ({ payload: `${claims.slice(0, -1)},"ext":${text}}` });
  const deep = (levels: number) => ext(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
  const refused = 'claims-refused';
  return [
    ['claims: a duplicate member', refused, problem('duplicate member'), { payload: claims.replace('{', '{"product":"other",') }],
    ['claims: a duplicate member, hidden by an escape', refused, problem('duplicate member'), ext('{"a":1,"\\u0061":2}')],
    ['claims: nesting of 7', refused, problem('nesting over 6'), deep(6)],
    ['claims: nesting of 1,000', refused, problem('nesting over 6'), deep(1000)],
    ['claims: a lone surrogate in the name', refused, problem('lone surrogate'), named('Press \\ud83d line')],
    ['claims: NUL in the name', refused, problem('NUL'), named('Press\\u0000line 7')],
    ['claims: a name that is not NFC', refused, problem('text that is not NFC'), named('Pru\u0308fstand')],
    ['claims: a member named __proto__', refused, problem('member named __proto__'), ext('{"__proto__":{"v":1}}')],
    ['claims: not JSON', refused, problem('not JSON'), { payload: `${claims},` }],
    ['claims: an array', refused, problem('not an object'), { payload: '[1]' }],
  ];
}

/** Claims that the schema does not allow. */
function content(keys: VectorKeys): Case[] {
  const good = sampleRequest(keys.device);
  const claims = (change: object): Partial<Recipe> => ({ claims: { ...good, ...change } });
  const device = (change: object) => claims({ device: { ...good.device, ...change } });
  const { product: _, ...noProduct } = good;
  const refused = 'claims-refused';
  return [
    ['claims: of another vendor', 'vendor-differs', null, claims({ aud: 'other-vendor' })],
    ['claims: of a later version', 'format-version-unknown', { found: '2' }, claims({ v: 2 })],
    ['claims: an unknown member', refused, problem('seats'), claims({ seats: 100 })],
    ['claims: an unknown member of the device', refused, problem('device.serial'), device({ serial: 'X1' })],
    ['claims: no product', refused, problem('product'), { claims: noProduct }],
    ['claims: iss of another key', refused, problem('iss'), claims({ iss: keys.device_unknown.signing.kid })],
    [
      'claims: a private key in cnf',
      refused,
      problem('cnf.jwk'),
      claims({ cnf: { jwk: { ...good.cnf.jwk, d: good.cnf.jwk.x } } }),
    ],
    ['claims: a key in cnf that cannot sign', refused, problem('cnf.jwk'), claims({ cnf: { jwk: good.exchange_jwk } })],
    [
      'claims: an exchange key that is not on its curve',
      refused,
      problem('exchange_jwk'),
      claims({ exchange_jwk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } }),
    ],
    ['claims: an exchange key that can only sign', refused, problem('exchange_jwk'), claims({ exchange_jwk: good.cnf.jwk })],
    ['claims: iat before 1970', refused, problem('iat'), claims({ iat: -1 })],
    ['claims: iat with a fraction', refused, problem('iat'), claims({ iat: 1_790_000_000.5 })],
    ['claims: iat in milliseconds', refused, problem('iat'), claims({ iat: 1_790_000_000_000_000 })],
    ['claims: jti that is no UUID', refused, problem('jti'), claims({ jti: '1' })],
    [
      'claims: a digest that is too short',
      refused,
      problem('device.fingerprint.components.mac'),
      device({ fingerprint: { version: 1, components: { mac: 'AAAA' } } }),
    ],
    ['claims: a name of two lines', refused, problem('device.name'), device({ name: 'Press\nline' })],
    ['claims: a name that turns the direction of writing', refused, problem('device.name'), device({ name: 'Press \u202Eenil' })],
    ['claims: a name with armour in it', refused, problem('device.name'), device({ name: '-----END ACTIVATION REQUEST-----' })],
  ];
}

function proofs(keys: VectorKeys): Case[] {
  const claims = sampleProof(keys.device);
  const proof: Partial<Recipe> = { kind: 'deactivation', claims };
  const stranger = { ...claims, iss: keys.device_unknown.signing.kid };
  const refused = 'claims-refused';
  return [
    [
      'proof: by a device without activation',
      'activation-unknown',
      null,
      { ...proof, claims: stranger, signing: keys.device_unknown.signing },
    ],
    ['proof: signed by another device', 'token-not-authentic', null, { ...proof, signing: keys.device_unknown.signing }],
    ['proof: with an end', refused, problem('exp'), { ...proof, claims: { ...claims, exp: 1_990_000_000 } }],
    ['proof: lease sequence 0', refused, problem('lease_sequence'), { ...proof, claims: { ...claims, lease_sequence: 0 } }],
    ['proof: for something that is no activation', refused, problem('sub'), { ...proof, claims: { ...claims, sub: 'press-7' } }],
    [
      'proof: a count beyond reason',
      refused,
      problem('usage.exports'),
      { ...proof, claims: { ...claims, usage: { exports: 1_000_000_000_001 } } },
    ],
    ['proof: a negative count', refused, problem('usage.exports'), { ...proof, claims: { ...claims, usage: { exports: -1 } } }],
  ];
}

/** Files whose armour is good and whose token is refused. */
export function makeBadTokens(keys: VectorKeys): BadVector[] {
  const { device, exchange } = keys;
  const good: Recipe = {
    kind: 'activation-request',
    claims: sampleRequest(device),
    signing: device.signing,
    recipient: exchange,
  };
  const cases = [
    ...encryptionHeader(keys),
    ...encryption(keys),
    ...signature(keys),
    ...json(keys),
    ...content(keys),
    ...makeKeyCases(keys),
    ...proofs(keys),
  ];
  return cases.map(([name, code, facts, change]) => {
    const label = change.kind === 'deactivation' ? 'DEACTIVATION PROOF' : 'ACTIVATION REQUEST';
    const file = wrap({ label, headers: REQUEST_HEADERS, token: makeToken({ ...good, ...change }) });
    return { name, code, ...(facts === null ? {} : { facts }), file };
  });
}

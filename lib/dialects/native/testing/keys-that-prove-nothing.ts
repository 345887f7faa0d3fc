import { createHash } from 'node:crypto';
import {
  EVERY_SMALL_ED25519,
  EVERY_SMALL_X25519,
  okpCoordinate,
  SMALL_ED25519,
  signWithoutKey,
} from '@/lib/signing/testing/small-points';
import { forgeJws } from './forge';
import { sampleRequest } from './sample-claims';
import type { Case, Recipe } from './vector';
import type { VectorKeys } from './vector-keys';

const P = 2n ** 255n - 19n;

/** Another encoding of the same X25519 key. */
export function withHighestBit(x: string): string {
  const bytes = Buffer.from(x, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(31) | 0x80, 31);
  return bytes.toString('base64url');
}

/** Computes the thumbprint of an Ed25519 key, without checking the key. */
export function nameOfEd25519(x: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
}

/** A token that is signed without a private half, under a key of small order. `claims` with another `n` is another text. */
export function signedWithoutKey(input: { x: string; header: object; claims: (n: number) => object }): Partial<Recipe> {
  for (let n = 1; ; n += 1) {
    const claims = input.claims(n);
    const [first, second] = forgeJws({ header: input.header, payload: claims, privateJwk: null }).split('.');
    const signature = signWithoutKey(`${first}.${second}`, input.x);
    if (signature !== null) return { claims, jws: () => `${first}.${second}.${signature}` };
  }
}

/** Requests with public keys that prove nothing, or are written in another way than keys are made. */
export function makeKeyCases(keys: VectorKeys): Case[] {
  const good = sampleRequest(keys.device);
  const refused = 'claims-refused';
  const cnf = (x: string) => ({ cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x } } });
  const exchange = (x: string): Partial<Recipe> => ({ claims: { ...good, exchange_jwk: { kty: 'OKP', crv: 'X25519', x } } });
  const ofDevice = (name: string, x: string): Case => {
    const header = { alg: 'Ed25519', typ: 'activation-request+jwt' };
    const claims = (n: number) => ({ ...good, iss: nameOfEd25519(x), ...cnf(x), ext: { n } });
    return [
      `claims: ${name}, under which the signature holds`,
      refused,
      { problem: 'cnf.jwk' },
      signedWithoutKey({ x, header, claims }),
    ];
  };
  const ofExchange = (name: string, x: string): Case => [`claims: ${name}`, refused, { problem: 'exchange_jwk' }, exchange(x)];
  const otherwise = EVERY_SMALL_ED25519.filter((x) => !SMALL_ED25519.includes(x));
  return [
    ...SMALL_ED25519.map((x, index) => ofDevice(`a device key of small order, point ${index + 1} of 8`, x)),
    ...otherwise.map((x, index) => ofDevice(`a device key of small order, written in another way (${index + 1} of 6)`, x)),
    [
      'claims: a device key whose coordinate is not reduced',
      refused,
      { problem: 'cnf.jwk' },
      { claims: { ...good, ...cnf(okpCoordinate(P + 3n)) } },
    ],
    ...EVERY_SMALL_X25519.map((x, index) => ofExchange(`an exchange key of small order, ${index + 1} of 14`, x)),
    ofExchange('an exchange key whose coordinate is not reduced', okpCoordinate(P + 9n)),
    ofExchange('an exchange key with the bit set that X25519 ignores', withHighestBit(keys.device.exchange.publicJwk.x)),
  ];
}

import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 16 MiB and five passes: one of the settings that OWASP's password storage sheet calls equal, and the gentlest on memory but one. */
const COST = { N: 2 ** 14, r: 8, p: 5 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;
const WRITTEN = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;

function derive(password: string, salt: Uint8Array, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Node counts a little more than 128 * N * r.
    const options = { ...cost, maxmem: 256 * cost.N * cost.r };
    scrypt(password, salt, HASH_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

/** Hashes a password with scrypt and a new salt. The text states the cost, so that it can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', Math.log2(N), r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Verifies a password against its hash. @throws RangeError for a text that {@link hashPassword} cannot have written */
export async function isPassword(password: string, written: string): Promise<boolean> {
  const [, log2N, r, p, salt, hash] = WRITTEN.exec(written) ?? [];
  if (salt === undefined || hash === undefined) throw new RangeError('expected a hash such as hashPassword writes');
  const cost = { N: 2 ** Number(log2N), r: Number(r), p: Number(p) };
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), Buffer.from(hash, 'base64url'));
}

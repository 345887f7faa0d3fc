import { createHash } from 'node:crypto';
import { counterMode } from './openssl';

/** The parts of a file, without any check but that they are there. */
export function partsOfFile(text: string): { readonly enc: string; readonly sig: string; readonly alg: string } {
  const body = text.split('\n').slice(1, -2).join('');
  const parts: { enc: string; sig: string; alg: string } = JSON.parse(Buffer.from(body, 'base64').toString('utf8'));
  return parts;
}

/** What is in a file, by the openssl command: decrypted in counter mode, its tag computed from the definition of GCM. */
export function contentOfFile(text: string, secret: string): object {
  const { enc, alg } = partsOfFile(text);
  if (alg.startsWith('base64')) return JSON.parse(Buffer.from(enc, 'base64').toString('utf8'));
  const [data, nonce, tag] = enc.split('.').map((part) => Buffer.from(part, 'base64'));
  if (data === undefined || nonce === undefined || tag === undefined) throw new Error('expected three parts');
  const key = createHash('sha256').update(secret).digest();
  const expected = tagOf({ key, nonce, data });
  if (!expected.equals(tag)) throw new Error(`expected the tag ${expected.toString('hex')}, found ${tag.toString('hex')}`);
  return JSON.parse(counterMode({ secret: key, nonce, counter: 2, data }).toString('utf8'));
}

const REDUCTION = 0xe1n << 120n;

/** Multiplication in GF(2^128) as GCM orders its bits (NIST SP 800-38D, section 6.3). */
function multiply(one: bigint, other: bigint): bigint {
  let [product, factor] = [0n, other];
  for (let bit = 127n; bit >= 0n; bit -= 1n) {
    if ((one >> bit) & 1n) product ^= factor;
    factor = factor & 1n ? (factor >> 1n) ^ REDUCTION : factor >> 1n;
  }
  return product;
}

function toNumber(block: Uint8Array): bigint {
  const padded = Buffer.alloc(16);
  padded.set(block);
  return BigInt(`0x${padded.toString('hex')}`);
}

/** The tag of a ciphertext without additional data. */
function tagOf({ key, nonce, data }: { key: Uint8Array; nonce: Uint8Array; data: Uint8Array }): Buffer {
  // Encrypting nothing with a counter of its own gives AES of that block; the hash key is AES of the block of zeros.
  const zeros = new Uint8Array(16);
  const hashKey = toNumber(counterMode({ secret: key, nonce: new Uint8Array(12), counter: 0, data: zeros }));
  let hash = 0n;
  for (let at = 0; at < data.byteLength; at += 16) hash = multiply(hash ^ toNumber(data.subarray(at, at + 16)), hashKey);
  hash = multiply(hash ^ BigInt(data.byteLength * 8), hashKey);
  const mask = toNumber(counterMode({ secret: key, nonce, counter: 1, data: zeros }));
  return Buffer.from((hash ^ mask).toString(16).padStart(32, '0'), 'hex');
}

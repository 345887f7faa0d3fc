import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { deriveContentKey } from './ecdh-es';
import { decryptContent } from './jwe';
import { publicHalf, signingAlgorithmOf } from './jwk';
import { isSigned } from './jws';
import { canAgree, importExchangeKey, importSigningKey } from './key-pair';

const hex = z.string().transform((text) => Buffer.from(text, 'hex'));
const jwk = z.record(z.string(), z.string());
const vector = z.object({
  tcId: z.number(),
  comment: z.string(),
  flags: z.array(z.string()),
  result: z.enum(['valid', 'invalid', 'acceptable']),
});
const signatureGroups = z.array(
  z.object({ publicKeyJwk: jwk, tests: z.array(z.object({ ...vector.shape, msg: hex, sig: hex })) }),
);
const agreementGroups = z.array(
  z.object({ tests: z.array(z.object({ ...vector.shape, public: jwk, private: jwk, shared: hex })) }),
);
const encryptionGroups = z.array(
  z.object({
    ivSize: z.number(),
    tests: z.array(z.object({ ...vector.shape, key: hex, iv: hex, aad: hex, msg: hex, ct: hex, tag: hex })),
  }),
);

function readVectors<Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> {
  return schema.parse(JSON.parse(readFileSync(join(import.meta.dirname, `testing/wycheproof/${name}.json`), 'utf8')));
}

/** Says whether something holds; what throws does not. */
function holds(act: () => boolean): boolean {
  try {
    return act();
  } catch {
    return false;
  }
}

interface Judged {
  readonly vector: z.output<typeof vector>;
  readonly isExpected: boolean;
  readonly isAccepted: boolean;
}

/** Expects every vector to be judged as it should be, and as many of each as there are. */
function expectAll(judged: readonly Judged[], count: { accepted: number; refused: number }): void {
  const wrong = judged
    .filter(({ isExpected, isAccepted }) => isExpected !== isAccepted)
    .map(({ vector: { tcId, comment } }) => ({ tcId, comment }));
  expect(wrong).toEqual([]);
  const accepted = judged.filter(({ isAccepted }) => isAccepted).length;
  expect({ accepted, refused: judged.length - accepted }).toEqual(count);
}

describe('signatures', () => {
  test.each([
    { name: 'ed25519', count: { accepted: 88, refused: 63 } },
    { name: 'ecdsa-p256-sha256-p1363', count: { accepted: 173, refused: 89 } },
  ])('$name: what is valid holds, and nothing else does', ({ name, count }) => {
    const judged = readVectors(name, signatureGroups).flatMap(({ publicKeyJwk, tests }) =>
      tests.map((one): Judged => {
        const isAccepted = holds(() => {
          const half = publicHalf(publicKeyJwk);
          if (half === null) return false;
          return isSigned(one.msg, one.sig, { alg: signingAlgorithmOf(half), key: importSigningKey(half) });
        });
        return { vector: one, isExpected: one.result === 'valid', isAccepted };
      }),
    );
    expectAll(judged, count);
  });
});

describe('agreements', () => {
  /** The key of ECDH-ES with A256GCM that follows from a secret (RFC 7518 section 4.6.2), written down a second time. */
  function contentKeyOf(shared: Buffer): Buffer {
    const info = Buffer.from('000000074132353647434d000000000000000000000100', 'hex');
    return createHash('sha256').update(Buffer.from('00000001', 'hex')).update(shared).update(info).digest();
  }

  /**
   * Of what is acceptable: a key of small order agrees on zero with everybody, and RFC 7748 section 6.1 lets that be refused; a key that is not
   * reduced is another spelling, and so another name, of one that is. Points of the twist are keys like all others.
   */
  const REFUSED = ['LowOrderPublic', 'ZeroSharedSecret', 'NonCanonicalPublic'];

  test.each([
    { name: 'x25519-jwk', count: { accepted: 474, refused: 57 } },
    { name: 'ecdh-p256-webcrypto', count: { accepted: 330, refused: 23 } },
  ])('$name: the right secret is agreed on, and none with a key that is refused', ({ name, count }) => {
    const judged = readVectors(name, agreementGroups).flatMap(({ tests }) =>
      tests.map((one): Judged => {
        const isAccepted = holds(() => {
          const half = publicHalf(one.public);
          if (half === null || !canAgree(half)) return false;
          const privateJwk: JWK = one.private;
          const key = deriveContentKey(importExchangeKey(privateJwk), importExchangeKey(half));
          return key.equals(contentKeyOf(one.shared));
        });
        const isRefused = one.result === 'invalid' || one.flags.some((flag) => REFUSED.includes(flag));
        return { vector: one, isExpected: !isRefused, isAccepted };
      }),
    );
    expectAll(judged, count);
  });
});

test('AES-GCM: what is valid is decrypted, nothing else is, and nothing with an iv of another length than JOSE has', () => {
  const judged = readVectors('aes-256-gcm', encryptionGroups).flatMap(({ ivSize, tests }) =>
    tests.map((one): Judged => {
      const { key, iv, aad: header, msg, ct: ciphertext, tag } = one;
      const isAccepted = holds(() => decryptContent({ iv, ciphertext, tag }, { key, header }).equals(msg));
      return { vector: one, isExpected: one.result === 'valid' && ivSize === 96, isAccepted };
    }),
  );
  expectAll(judged, { accepted: 39, refused: 66 });
});

import { z } from 'zod';
import { verifySigningKeyCertificate } from '../certificate';
import type { PublicJwk } from '../jwk';
import type { Signer } from '../jws';
import { readJws, signClaims, verifyJws } from '../jws';
import { parseStrictJsonBytes } from '../strict-json';

const CHECKPOINT_TYPE = 'audit-checkpoint+jwt';

const checkpointClaims = z.strictObject({
  iss: z.string(),
  chain: z.string(),
  sequence: z.int().min(1),
  hash: z.string(),
  iat: z.int().min(0).max(253_402_300_799),
});

/** What a checkpoint vouches for: the chain had this hash at this length at this instant (whole seconds). */
export interface Checkpoint {
  readonly vendorId: string;
  readonly chain: string;
  readonly sequence: number;
  readonly hash: string;
  readonly at: Date;
}

/** Signs a checkpoint with the signing key in use: a JWS `typ: audit-checkpoint+jwt` that carries its certificate. */
export function signCheckpoint(
  checkpoint: Checkpoint,
  key: Signer & { readonly kid: string; readonly certificate: string },
): string {
  const { vendorId, chain, sequence, hash, at } = checkpoint;
  return signClaims({
    claims: { iss: vendorId, chain, sequence, hash, iat: Math.floor(at.getTime() / 1000) },
    header: { typ: CHECKPOINT_TYPE, kid: key.kid, key_cert: key.certificate },
    signer: key,
  });
}

/**
 * Verifies a checkpoint offline: its key is certified by the vendor root for the instant it names, and the signature is that key's.
 *
 * @throws TokenError, TypeError, ZodError, StrictJsonError for a checkpoint that vouches for nothing
 */
export function verifyCheckpoint(
  token: string,
  trusted: { readonly vendorId: string; readonly rootPublicJwk: PublicJwk },
): Checkpoint {
  const jws = readJws(token);
  const { typ, kid, key_cert: certificate } = jws.header;
  if (typ !== CHECKPOINT_TYPE || certificate === undefined) throw new TypeError(`expected ${CHECKPOINT_TYPE}, found ${typ}`);
  const { iss, chain, sequence, hash, iat } = checkpointClaims.parse(parseStrictJsonBytes(jws.payload));
  const at = new Date(iat * 1000);
  const key = verifySigningKeyCertificate({ ...trusted, certificate, at });
  if (kid !== key.kid || iss !== trusted.vendorId) throw new TypeError('expected the key and vendor of the certificate');
  verifyJws(jws, key.publicJwk);
  return { vendorId: iss, chain, sequence, hash, at };
}

import { z } from 'zod';
import type { MasterKey } from '@/lib/signing/master-key';

const privatePems = z.object({ ed25519: z.string(), rsa: z.string(), ec: z.string() });

/** The private halves of an issuer, PKCS #8 in PEM. */
export type PrivatePems = z.output<typeof privatePems>;

const placeOf = (issuerId: string) => ({ purpose: 'keygen-issuer', kid: issuerId });

/** Seals the private halves of an issuer. */
export function wrapPrivatePems(masterKey: MasterKey, pems: PrivatePems, issuerId: string): Promise<string> {
  return masterKey.wrap(new TextEncoder().encode(JSON.stringify(pems)), placeOf(issuerId));
}

/** Opens what {@link wrapPrivatePems} sealed. @throws SealedSecretError */
export async function unwrapPrivatePems(masterKey: MasterKey, sealed: string, issuerId: string): Promise<PrivatePems> {
  const plain = await masterKey.unwrap(sealed, placeOf(issuerId));
  return privatePems.parse(JSON.parse(new TextDecoder().decode(plain)));
}

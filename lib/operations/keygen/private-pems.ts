import type { KeyTexts } from '@/lib/dialects/keygen/key-set';
import { keyTexts } from '@/lib/dialects/keygen/key-set';
import type { MasterKey } from '@/lib/signing/master-key';

const placeOf = (kid: string) => ({ purpose: 'keygen-issuer', kid });

/** Encrypts the private keys of an issuer under the master key, bound to its kid. */
export function wrapPrivatePems(masterKey: MasterKey, pems: KeyTexts, kid: string): Promise<string> {
  return masterKey.wrap(new TextEncoder().encode(JSON.stringify(pems)), placeOf(kid));
}

/** Decrypts the keys that {@link wrapPrivatePems} encrypted. @throws SecretDecryptionError */
export async function unwrapPrivatePems(masterKey: MasterKey, encrypted: string, kid: string): Promise<KeyTexts> {
  const plain = await masterKey.unwrap(encrypted, placeOf(kid));
  return keyTexts.parse(JSON.parse(new TextDecoder().decode(plain)));
}

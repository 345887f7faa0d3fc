import { randomBytes, randomUUID } from 'node:crypto';
import type { NewClient, NewIssuer } from '@/db/licensespring/licensespring-issuer';
import type { MasterKey, SecretPlace } from '@/lib/signing/master-key';
import { generateRsaKeyPair } from '@/lib/signing/rsa-key-pair';

/** The default key size of the format (docs/formats/licensespring.md). */
const MODULUS_BITS = 4096;

/** The place that the private half of the issuer's key pair is encrypted for. */
export function issuerPlace(kid: string): SecretPlace {
  return { purpose: 'licensespring-issuer', kid };
}

/** The place that a client's shared key or secret is encrypted for. */
function clientPlace(id: string): SecretPlace {
  return { purpose: 'licensespring-client', kid: id };
}

/** Makes the key pair that replies are signed with, private half encrypted. */
export async function makeIssuer(
  masterKey: MasterKey,
  issuer: Pick<NewIssuer, 'vendorId' | 'companyId'> & { readonly createdAt: Date },
): Promise<NewIssuer> {
  const { kid, publicPem, privatePem } = await generateRsaKeyPair(MODULUS_BITS);
  const privateSealed = await masterKey.wrap(new TextEncoder().encode(privatePem), issuerPlace(kid));
  return { ...issuer, kid, publicPem, privateSealed };
}

/** Makes a client with its own secret: an api key with its shared key, or an OAuth client. */
export async function makeClient(
  masterKey: MasterKey,
  client: Pick<NewClient, 'kind' | 'label' | 'productCodes'> & { readonly createdAt: Date },
): Promise<{ stored: NewClient; secret: string }> {
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const secretSealed = await masterKey.wrap(new TextEncoder().encode(secret), clientPlace(id));
  return { stored: { ...client, id, secretSealed }, secret };
}

/** Decrypts the secret that {@link makeClient} encrypted. */
export async function openSecret(
  masterKey: MasterKey,
  client: { readonly id: string; readonly secretSealed: string },
): Promise<string> {
  return new TextDecoder().decode(await masterKey.unwrap(client.secretSealed, clientPlace(client.id)));
}

import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { NewIssuer } from '@/db/keygen-issuers';
import type { MasterKey } from '@/lib/signing/master-key';
import { wrapPrivatePems } from './private-pems';

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const pkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Makes the three key pairs that Keygen clients verify with, the private halves sealed under the master key. */
export async function makeIssuer(masterKey: MasterKey, { account, at }: { account: string; at: Date }): Promise<NewIssuer> {
  const id = randomUUID();
  const ed25519 = generateKeyPairSync('ed25519');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 0x10001 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pems = { ed25519: pkcs8(ed25519.privateKey), rsa: pkcs8(rsa.privateKey), ec: pkcs8(ec.privateKey) };
  return {
    id,
    account,
    ed25519Public: spki(ed25519.publicKey),
    rsaPublic: spki(rsa.publicKey),
    ecPublic: spki(ec.publicKey),
    privateSealed: await wrapPrivatePems(masterKey, pems, id),
    createdAt: at,
    retiredAt: null,
  };
}

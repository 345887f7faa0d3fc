import type { IssuerRow } from '@/db/keygen/keygen-issuers';
import type { KeygenIssuer, KeygenIssuers, KeygenSealingKeys, KeygenVerifier } from '@/lib/dialects/keygen/issuer';
import { issuerFrom, verifierFrom } from '@/lib/dialects/keygen/issuer';
import type { KeyTexts } from '@/lib/dialects/keygen/key-set';
import { keyTexts } from '@/lib/dialects/keygen/key-set';
import type { KeygenKeys } from '@/lib/dialects/keygen/open';
import type { MasterKey } from '@/lib/signing/master-key';
import { dialectKeys } from '../keys/dialect-keys';
import { openOnce } from '../keys/open-once';

/** The issuers at one moment. */
interface Issuers {
  readonly opening: KeygenKeys;
  readonly sealing: KeygenSealingKeys;
  /** The issuer that signs; null before the first one is created. */
  inUse(): Promise<KeygenIssuer | null>;
}

/** The keys of the Keygen dialect. Private keys are decrypted at their first use. */
export const keygenKeys = dialectKeys(({ vault, source: { rows, masterKey } }): Issuers => {
  const issuers = rows.dialects.keygen;
  const current = issuers.find((row) => row.retiredAt === null);
  const inUse = async () => (current === undefined ? null : openIssuer(current, masterKey));
  return {
    opening: { keygen: verifiersOf(issuers), vault },
    sealing: {
      async keygen() {
        const issuer = await inUse();
        if (issuer === null)
          throw new Error('expected keys for software built for Keygen, found none: make them with keygen keys create');
        return issuer;
      },
    },
    inUse,
  };
});

/** @param rows those in use first */
function verifiersOf(rows: readonly IssuerRow[]): KeygenIssuers {
  let verifiers: readonly KeygenVerifier[] | null = null;
  return {
    account: rows[0]?.account ?? '',
    async verifiers() {
      verifiers ??= rows.map(({ publicPems }) => verifierFrom(publicPems));
      return verifiers;
    },
  };
}

const openIssuerOnce = openOnce<KeygenIssuer>();

function openIssuer({ kid, account, privateSealed }: IssuerRow, masterKey: MasterKey): Promise<KeygenIssuer> {
  const open = async () => issuerFrom({ account, privatePems: await unwrapPrivatePems(masterKey, privateSealed, kid) });
  return openIssuerOnce({ masterKey, name: kid, open });
}

const placeOf = (kid: string) => ({ purpose: 'keygen-issuer', kid });

/** Encrypts the private keys of an issuer under the master key, bound to its kid. */
export function wrapPrivatePems(masterKey: MasterKey, pems: KeyTexts, kid: string): Promise<string> {
  return masterKey.wrap(new TextEncoder().encode(JSON.stringify(pems)), placeOf(kid));
}

/** Decrypts the keys that {@link wrapPrivatePems} encrypted. @throws SecretDecryptionError */
async function unwrapPrivatePems(masterKey: MasterKey, encrypted: string, kid: string): Promise<KeyTexts> {
  const plain = await masterKey.unwrap(encrypted, placeOf(kid));
  return keyTexts.parse(JSON.parse(new TextDecoder().decode(plain)));
}

import type { IssuerRow } from '@/db/keygen/keygen-issuers';
import type { KeygenIssuer, KeygenIssuers, KeygenVerifier } from '@/lib/dialects/keygen/issuer';
import { issuerFrom, verifierFrom } from '@/lib/dialects/keygen/issuer';
import type { MasterKey } from '@/lib/signing/master-key';
import { unwrapPrivatePems } from './private-pems';

/** Issuers that were opened for signing, by name. */
export type OpenedIssuers = Map<string, Promise<KeygenIssuer>>;

/** The issuers at one moment. */
export interface Issuers extends KeygenIssuers {
  /** The one that signs; null before the first was made. */
  inUse(): Promise<KeygenIssuer | null>;
  /** The same. @throws Error before the first was made */
  required(): Promise<KeygenIssuer>;
}

/** Opens issuers as they are needed: those in use first in `rows`. */
export function openIssuers(
  rows: readonly IssuerRow[],
  { masterKey, opened }: { masterKey: MasterKey; opened: OpenedIssuers },
): Issuers {
  const current = rows.find((row) => row.retiredAt === null);
  let verifiers: readonly KeygenVerifier[] | null = null;
  const inUse = async () => (current === undefined ? null : openOnce(current, masterKey, opened));
  return {
    account: rows[0]?.account ?? '',
    async verifiers() {
      verifiers ??= rows.map(({ publicPems }) => verifierFrom(publicPems));
      return verifiers;
    },
    inUse,
    async required() {
      const issuer = await inUse();
      if (issuer === null)
        throw new Error('expected keys for software built for Keygen, found none: make them with keygen keys create');
      return issuer;
    },
  };
}

function openOnce(
  { kid, account, privateSealed }: IssuerRow,
  masterKey: MasterKey,
  opened: OpenedIssuers,
): Promise<KeygenIssuer> {
  const known = opened.get(kid);
  if (known !== undefined) return known;
  const issuer = unwrapPrivatePems(masterKey, privateSealed, kid).then((privatePems) => issuerFrom({ account, privatePems }));
  opened.set(kid, issuer);
  issuer.catch(() => opened.delete(kid));
  return issuer;
}

import type { IssuerRow } from '@/db/keygen-issuers';
import type { KeygenIssuer } from '@/lib/dialects/keygen/issuer';
import { issuerFrom } from '@/lib/dialects/keygen/issuer';
import type { MasterKey } from '@/lib/signing/master-key';
import { unwrapPrivatePems } from './private-pems';

/** Opens an issuer for signing, once for each of them. */
export function openIssuerOnce(
  { kid, account, privateSealed }: IssuerRow,
  { masterKey, opened }: { masterKey: MasterKey; opened: Map<string, Promise<KeygenIssuer>> },
): Promise<KeygenIssuer> {
  const known = opened.get(kid);
  if (known !== undefined) return known;
  const issuer = unwrapPrivatePems(masterKey, privateSealed, kid).then((privatePems) => issuerFrom({ account, privatePems }));
  opened.set(kid, issuer);
  issuer.catch(() => opened.delete(kid));
  return issuer;
}

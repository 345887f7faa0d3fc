import type { Entitlement } from '../entitlements/entitlement';
import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';

/**
 * Chooses the entitlement a request means: among those its activation code covers, the one it names, or else the only one of its product. A request that
 * names no product means any.
 */
export function chooseEntitlement<E extends Pick<Entitlement, 'id' | 'productCode'>>(input: {
  covered: readonly E[];
  productCode: string | null;
  entitlementId: string | null;
}): E | Rejection {
  const { covered, productCode, entitlementId } = input;
  const ofProduct = covered.filter((entitlement) => productCode === null || entitlement.productCode === productCode);
  const meant = entitlementId === null ? ofProduct : ofProduct.filter((entitlement) => entitlement.id === entitlementId);
  if (meant.length > 1) return reject('entitlement-ambiguous', { count: meant.length });
  return meant[0] ?? reject('entitlement-unknown');
}

import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import { supportOf } from './dialect-hooks';
import type { ConsideredActivation } from './evaluate-activation';
import { considerActivation } from './evaluate-activation';
import { considerBundle } from './evaluate-bundle';
import type { ConsideredDeactivation } from './evaluate-deactivation';
import { considerDeactivation } from './evaluate-deactivation';
import type { OpenedFile } from './open-file';
import { scopeOfFile } from './scope-of-file';

/** What an opened file comes to at this moment. */
export type Considered = ConsideredActivation | ConsideredDeactivation;

interface ToConsider {
  readonly opened: OpenedFile;
  readonly keys: Keys;
  /** Whether it was called for one entitlement, or for a bundle; left out: as the file says. */
  readonly as?: 'single' | 'bundle';
  /** Whether whoever hands the file in says that it is another machine than the one it looks like. */
  readonly isAnother?: boolean | undefined;
}

/** The product that it asks for turned out to be a bundle. */
function isOfBundle({ decision }: ConsideredActivation): boolean {
  return decision.outcome === 'reject' && decision.rejection.code === 'product-is-bundle';
}

/** Finds out what an opened file comes to at this moment, and changes nothing. */
export async function considerFile(context: ActingContext, { opened, keys, as, isAnother }: ToConsider): Promise<Considered> {
  const { request, requestKey } = opened;
  const scope = await scopeOfFile(context.actor, { opened, keys });
  switch (request.kind) {
    case 'activation': {
      const bundles = as === 'single' ? undefined : supportOf(request.dialect)?.bundles;
      const asBundle = bundles && { opened, request, keys, bundles };
      if (asBundle && (as === 'bundle' || asBundle.bundles.isAskedBy(request))) return considerBundle(context, asBundle);
      const single = await considerActivation(context, { scope, request, requestKey, keys, isAnother });
      return asBundle && isOfBundle(single) ? considerBundle(context, asBundle) : single;
    }
    case 'deactivation':
      return considerDeactivation(context, { scope, request, requestKey, keys });
  }
}

/** Members of an exchange row that tell what the file was about, as far as this person may know. */
export function subjectOf({ opened, considered }: { opened: OpenedFile; considered: Considered }): Partial<ExchangeEntry> & {
  readonly customerId?: string;
} {
  const { request, requestKey } = opened;
  const common = { dialect: request.dialect, requestKey, payloadDigest: request.payloadDigest };
  if (considered.kind === 'deactivation') {
    const { found } = considered;
    if (found === null) return common;
    const { entitlement, device, activation } = found;
    return {
      ...common,
      customerId: entitlement.customerId,
      productCode: entitlement.productCode,
      deviceName: device.name,
      entitlementId: entitlement.id,
      deviceId: device.id,
      activationId: activation.id,
    };
  }
  const { entitlement, known } = considered;
  const { productCode, device } = considered.request;
  const named = { ...common, ...(productCode === null ? {} : { productCode }), deviceName: device.name };
  if (entitlement === null) return named;
  const knownDevice = known !== null && known.row.customerId === entitlement.customerId ? { deviceId: known.row.id } : {};
  return {
    ...named,
    ...knownDevice,
    productCode: entitlement.productCode,
    customerId: entitlement.customerId,
    entitlementId: entitlement.id,
  };
}

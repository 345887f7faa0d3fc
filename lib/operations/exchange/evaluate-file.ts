import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import { hooksOf } from './dialect-hooks';
import type { EvaluatedActivation } from './evaluate-activation';
import { evaluateActivation } from './evaluate-activation';
import { evaluateBundle } from './evaluate-bundle';
import type { EvaluatedDeactivation } from './evaluate-deactivation';
import { evaluateDeactivation } from './evaluate-deactivation';
import type { OpenedFile } from './open-file';
import { scopeOfFile } from './scope-of-file';

/** What an opened file comes to at this moment. */
export type Evaluated = EvaluatedActivation | EvaluatedDeactivation;

interface ToConsider {
  readonly opened: OpenedFile;
  readonly keys: Keys;
  /** Whether it was called for one entitlement, or for a bundle; left out: as the file says. */
  readonly as?: 'single' | 'bundle';
  /** Whether whoever hands the file in says that it is another machine than the one it looks like. */
  readonly isAnother?: boolean | undefined;
}

/** The product that it asks for turned out to be a bundle. */
function isOfBundle({ decision }: EvaluatedActivation): boolean {
  return decision.outcome === 'reject' && decision.rejection.code === 'product-is-bundle';
}

/** Finds out what an opened file comes to at this moment, and changes nothing. */
export async function evaluateFile(context: ActingContext, { opened, keys, as, isAnother }: ToConsider): Promise<Evaluated> {
  const { request, requestKey } = opened;
  const scope = await scopeOfFile(context.actor, { opened, keys });
  switch (request.kind) {
    case 'activation': {
      const bundles = as === 'single' ? undefined : hooksOf(request.dialect)?.bundles;
      const asBundle = bundles && { opened, request, keys, bundles };
      if (asBundle && (as === 'bundle' || asBundle.bundles.isAskedBy(request))) return evaluateBundle(context, asBundle);
      const single = await evaluateActivation(context, { scope, request, requestKey, keys, isAnother });
      return asBundle && isOfBundle(single) ? evaluateBundle(context, asBundle) : single;
    }
    case 'deactivation':
      return evaluateDeactivation(context, { scope, request, requestKey, keys });
  }
}

/** Members of an exchange row that tell what the file was about, as far as this person may know. */
export function subjectOf({ opened, evaluated }: { opened: OpenedFile; evaluated: Evaluated }): Partial<ExchangeEntry> & {
  readonly customerId?: string;
} {
  const { request, requestKey } = opened;
  const common = { dialect: request.dialect, requestKey, payloadDigest: request.payloadDigest };
  if (evaluated.kind === 'deactivation') {
    const { found } = evaluated;
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
  const { entitlement, known } = evaluated;
  const { productCode, device } = evaluated.request;
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

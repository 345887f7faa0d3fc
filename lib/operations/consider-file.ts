import type { ExchangeEntry } from '@/db/exchange-entry';
import type { ConsideredActivation } from './consider-activation';
import { considerActivation } from './consider-activation';
import type { ConsideredDeactivation } from './consider-deactivation';
import { considerDeactivation } from './consider-deactivation';
import type { ActingContext } from './context';
import type { Keys } from './keyring';
import type { OpenedFile } from './open-file';
import { scopeOfFile } from './scope-of-file';

/** What an opened file comes to at this moment. */
export type Considered = ConsideredActivation | ConsideredDeactivation;

/** Finds out what an opened file comes to at this moment, and changes nothing. */
export async function considerFile(
  context: ActingContext,
  { opened, keys }: { opened: OpenedFile; keys: Keys },
): Promise<Considered> {
  const { request, requestKey } = opened;
  const scope = await scopeOfFile(context.actor, { opened, keys });
  switch (request.kind) {
    case 'activation':
      return considerActivation(context, { scope, request, requestKey, keys });
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

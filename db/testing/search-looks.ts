import type { SearchedBy } from '../support/search';
import type { Sought } from './generate-fleet';

/** A text, and the way it is to be found by. */
export interface KeyLook {
  readonly by: SearchedBy;
  readonly text: string;
}

/** Every way to search, each with a text that finds what is sought: as it is, or its start. */
export function looksFor(sought: Sought): readonly KeyLook[] {
  return [
    { by: 'customer-name', text: sought.customerName.slice(0, 12) },
    { by: 'customer-code', text: sought.customerCode },
    { by: 'person-email', text: sought.email },
    { by: 'person-name', text: sought.personName.slice(0, 12) },
    { by: 'device-name', text: sought.deviceName },
    { by: 'device-asset-tag', text: sought.assetTag },
    { by: 'device-hostname', text: sought.hostname.slice(0, 16) },
    { by: 'device-id', text: sought.deviceId.slice(0, 13) },
    { by: 'fingerprint', text: sought.digest.slice(0, 10) },
    { by: 'activation-id', text: sought.activationId },
    { by: 'trouble-code', text: sought.troubleCode },
    { by: 'trouble-code-of-act', text: sought.troubleCode },
    { by: 'request-id', text: sought.requestId.slice(0, 13) },
    { by: 'exchange-id', text: sought.exchangeId },
    { by: 'order-reference', text: sought.orderReference },
    { by: 'entitlement-id', text: sought.entitlementId },
    { by: 'last-four', text: sought.lastFour },
  ];
}

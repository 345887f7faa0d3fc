import { randomUUID } from 'node:crypto';
import type { EntitlementRow } from '@/db/entitlement-json';
import type { Issue } from '@/lib/licensing/decision';
import type { Fingerprint } from '@/lib/licensing/fingerprint';
import type { Reply } from '@/lib/licensing/reply';
import type { Json } from '@/lib/licensing/request';
import type { Actor } from './actor';
import { mayKnowCustomer } from './actor';

/** Puts together what the device is told: its lease, and what the entitlement grants. Who bought it is told to those alone who may know. */
export function replyToDevice(
  { role }: Pick<Actor, 'role'>,
  input: {
    kind: Reply['kind'];
    vendorId: string;
    activationId: string;
    inResponseTo: string | null;
    deviceKey: string;
    deviceName: string;
    replyTo: Json;
    details: Json;
    /** Null: as many components as the product asks for. */
    fingerprintRequired: number | null;
    decision: Issue;
    entitlement: EntitlementRow;
    fingerprint: Fingerprint;
    now: Date;
    clockSkewSeconds: number;
  },
): Reply {
  const { decision, entitlement, now, ...rest } = input;
  return {
    replyId: randomUUID(),
    lease: decision.lease,
    rights: {
      entitlementId: entitlement.id,
      productCode: entitlement.productCode,
      offeringCode: entitlement.offeringCode,
      planType: entitlement.planType,
      features: entitlement.features,
      attributes: entitlement.attributes,
      termEndsAt: decision.term.endsAt,
      maintenanceEndsAt: entitlement.maintenanceEndsAt,
      seats: entitlement.seats,
    },
    customerName: mayKnowCustomer({ role }) ? entitlement.customerName : null,
    serverTime: now,
    ...rest,
    fingerprintRequired: input.fingerprintRequired ?? entitlement.fingerprintRequired,
  };
}

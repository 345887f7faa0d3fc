import { randomUUID } from 'node:crypto';
import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { Fingerprint, FingerprintRules } from '@/lib/licensing/devices/fingerprint';
import { requiredToRun } from '@/lib/licensing/devices/fingerprint';
import type { Issue } from '@/lib/licensing/exchange/decision';
import type { Reply } from '@/lib/licensing/exchange/reply';
import type { Json } from '@/lib/licensing/exchange/request';
import type { Actor } from '../actor';
import { mayKnowCustomer } from '../actor';

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
    rules: FingerprintRules;
    /** Of answers made with the same key before, which may still run. */
    earlierFingerprints: readonly { readonly fingerprint: Fingerprint }[];
    decision: Issue;
    entitlement: EntitlementRow;
    fingerprint: Fingerprint;
    now: Date;
    clockSkewSeconds: number;
  },
): Reply {
  const { decision, entitlement, now, rules, earlierFingerprints, ...rest } = input;
  const running = earlierFingerprints.map(({ fingerprint }) => fingerprint);
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
    fingerprintRequired: requiredToRun(input.fingerprint, running, rules),
  };
}

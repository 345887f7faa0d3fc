import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Fingerprint } from '@/lib/licensing/devices/fingerprint';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Json } from '@/lib/licensing/exchange/request';
import { ACTIVATION_STATES, RELEASE_KINDS } from '@/lib/licensing/seats/activation';
import { id, instant, isOneOf } from './columns';
import { devices } from './devices';
import { activationCodes, entitlements } from './entitlements';

/** Binds one seat to one device. */
export const activations = pgTable(
  'activations',
  {
    id: id(),
    customerId: uuid('customer_id').notNull(),
    entitlementId: uuid('entitlement_id').notNull(),
    deviceId: uuid('device_id').notNull(),
    dialect: text('dialect').$type<DialectId>().notNull(),
    /** Thumbprint of the key the device made for this activation, or what stands in for one. */
    deviceKey: text('device_key').notNull(),
    deviceJwk: jsonb('device_jwk').$type<Json>(),
    /** The code whose seats it counts against; null when that code sets no limit of its own. */
    codeId: uuid('code_id'),
    replyTo: jsonb('reply_to').$type<Json>().notNull(),
    /** As the last request of this activation described the device, as far as it counts. */
    fingerprint: jsonb('fingerprint').$type<Fingerprint>().notNull(),
    /** As earlier requests described it whose leases may still run. */
    earlierFingerprints: jsonb('earlier_fingerprints')
      .$type<readonly { readonly fingerprint: Fingerprint; readonly runsOutAt: Date | string }[]>()
      .notNull()
      .default([]),
    state: text('state', { enum: ACTIVATION_STATES }).notNull(),
    leaseSequence: integer('lease_sequence').notNull(),
    leaseStartsAt: instant('lease_starts_at').notNull(),
    leaseEndsAt: instant('lease_ends_at').notNull(),
    graceEndsAt: instant('grace_ends_at'),
    /** When the device can no longer run: the latest end, with grace, of all leases issued for the seat. */
    runsOutAt: instant('runs_out_at').notNull(),
    activatedAt: instant('activated_at').notNull(),
    activatedBy: uuid('activated_by'),
    releasedAt: instant('released_at'),
    releasedBy: uuid('released_by'),
    releaseKind: text('release_kind', { enum: RELEASE_KINDS }),
    releaseReason: text('release_reason'),
    replacedBy: uuid('replaced_by'),
    /** When its seat came free though its lease ran on; null when it did not. */
    freedAt: instant('freed_at'),
    /** When a file of the device was last refused because its seat had been released. */
    cameBackAt: instant('came_back_at'),
  },
  (table) => [
    unique('activations_in_customer').on(table.customerId, table.id),
    foreignKey({ columns: [table.customerId, table.entitlementId], foreignColumns: [entitlements.customerId, entitlements.id] }),
    foreignKey({ columns: [table.customerId, table.deviceId], foreignColumns: [devices.customerId, devices.id] }),
    foreignKey({ columns: [table.customerId, table.codeId], foreignColumns: [activationCodes.customerId, activationCodes.id] }),
    uniqueIndex('activations_live').on(table.entitlementId, table.deviceId).where(sql`state in ('active', 'lease_expired')`),
    uniqueIndex('activations_live_key')
      .on(table.dialect, table.deviceKey)
      .where(sql`state in ('active', 'lease_expired', 'releasing')`),
    index('activations_key').on(table.deviceKey),
    index('activations_device').on(table.deviceId),
    index('activations_code')
      .on(table.entitlementId, table.codeId)
      .where(sql`code_id is not null and state in ('active', 'releasing')`),
    // For dialects that know a machine by one component of this name.
    index('activations_machine_fingerprint')
      .on(table.dialect, sql`(fingerprint -> 'components' ->> 'fingerprint')`)
      .where(sql`(fingerprint -> 'components' ->> 'fingerprint') is not null`),
    index('activations_came_back').on(table.deviceId).where(sql`came_back_at is not null`),
    index('activations_holding').on(table.entitlementId, table.runsOutAt).where(sql`state in ('active', 'releasing')`),
    index('activations_run_out').on(table.runsOutAt).where(sql`state in ('active', 'releasing')`),
    index('activations_released_without_proof').on(table.entitlementId, table.releasedAt).where(sql`release_kind = 'released'`),
    index('activations_freed').on(table.entitlementId, table.releaseKind, table.freedAt).where(sql`freed_at is not null`),
    index('activations_listed').on(table.entitlementId, table.activatedAt, table.id),
    index('activations_lease_ends').on(table.leaseEndsAt, table.id).where(sql`state in ('active', 'lease_expired')`),
    index('activations_lease_ends_of_customer')
      .on(table.customerId, table.leaseEndsAt, table.id)
      .where(sql`state in ('active', 'lease_expired')`),
    check('activations_state', isOneOf(table.state, ACTIVATION_STATES)),
    check('activations_runs_out', sql`${table.runsOutAt} >= coalesce(${table.graceEndsAt}, ${table.leaseEndsAt})`),
    check('activations_sequence', sql`${table.leaseSequence} >= 1`),
    check('activations_release_kind', isOneOf(table.releaseKind, RELEASE_KINDS)),
    check('activations_freed', sql`${table.freedAt} is null or ${table.state} in ('released', 'replaced')`),
    check('activations_released', sql`(${table.state} in ('active', 'lease_expired')) = (${table.releasedAt} is null)`),
  ],
);

/** Every lease ever issued. Append-only. */
export const leases = pgTable(
  'leases',
  {
    customerId: uuid('customer_id').notNull(),
    activationId: uuid('activation_id').notNull(),
    sequence: integer('sequence').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    graceEndsAt: instant('grace_ends_at'),
    exchangeId: uuid('exchange_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.activationId, table.sequence] }),
    foreignKey({ columns: [table.customerId, table.activationId], foreignColumns: [activations.customerId, activations.id] }),
    index('leases_ends_of_customer').on(table.customerId, table.endsAt),
    check('leases_window', sql`${table.endsAt} >= ${table.startsAt}`),
  ],
);

import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { createdAt, id, instant, startOf } from './columns';
import { customers } from './people';

/** Machines of a customer, as they last described themselves. */
export const devices = pgTable(
  'devices',
  {
    id: id(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    /** The dialect it speaks: fingerprints of different dialects are never compared. */
    dialect: text('dialect').$type<DialectId>().notNull(),
    name: text('name').notNull(),
    /** Inventory number of its customer. */
    assetTag: text('asset_tag'),
    platform: text('platform').notNull(),
    hostname: text('hostname'),
    appVersion: text('app_version'),
    fingerprintVersion: integer('fingerprint_version').notNull(),
    /** Digest of the whole current fingerprint: the same machine cannot be stored twice. */
    fingerprintKey: text('fingerprint_key').notNull(),
    clockSkewSeconds: integer('clock_skew_seconds').notNull(),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
  },
  (table) => [
    unique('devices_in_customer').on(table.customerId, table.id),
    unique('devices_fingerprint').on(table.customerId, table.fingerprintKey),
    index('devices_last_seen').on(table.customerId, table.lastSeenAt, table.id),
    index('devices_last_seen_of_all').on(table.lastSeenAt, table.id),
    index('devices_name_start').on(startOf(table.name), table.id),
    index('devices_asset_tag_start').on(startOf(table.assetTag), table.id),
    index('devices_hostname_start').on(startOf(table.hostname), table.id),
    check('devices_asset_tag', sql`length(${table.assetTag}) between 1 and 64`),
  ],
);

/** Components of fingerprints, present and past. */
export const deviceComponents = pgTable(
  'device_components',
  {
    customerId: uuid('customer_id').notNull(),
    deviceId: uuid('device_id').notNull(),
    name: text('name').notNull(),
    digest: text('digest').notNull(),
    seenAt: instant('seen_at').notNull(),
    /** Null while the component is part of the device. */
    goneAt: instant('gone_at'),
  },
  (table) => [
    primaryKey({ columns: [table.deviceId, table.name, table.digest] }),
    foreignKey({ columns: [table.customerId, table.deviceId], foreignColumns: [devices.customerId, devices.id] }),
    index('device_components_start').on(sql`${table.digest} collate "C"`, table.deviceId),
    index('device_components_digest').on(table.customerId, table.digest).where(sql`gone_at is null`),
  ],
);

/** What support writes down about a device, for support alone. Append-only. */
export const deviceNotes = pgTable(
  'device_notes',
  {
    id: id(),
    customerId: uuid('customer_id').notNull(),
    deviceId: uuid('device_id').notNull(),
    createdAt: createdAt(),
    /** Address of the author. */
    author: text('author').notNull(),
    body: text('body').notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.customerId, table.deviceId], foreignColumns: [devices.customerId, devices.id] }),
    index('device_notes_device').on(table.deviceId, table.createdAt, table.id),
    check('device_notes_body', sql`length(${table.body}) between 1 and 2000`),
  ],
);

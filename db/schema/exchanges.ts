import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Json } from '@/lib/licensing/exchange/request';
import type { Facts, RejectionCode } from '@/lib/licensing/refusals/rejection';
import { activations } from './activations';
import { id, instant, isOneOf } from './columns';
import { devices } from './devices';
import { entitlements } from './entitlements';
import { customers } from './people';

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** What files are about. The last two that go out tell of a licence and give no lease. */
const EXCHANGE_KINDS = ['activation', 'deactivation', 'refresh', 'licence-file', 'activation-proof', 'unknown'] as const;

/** How files were answered. `issued`: one went out that gives no lease. */
const EXCHANGE_OUTCOMES = ['previewed', 'refused', 'granted', 'renewed', 'issued', 'returned', 'repeated'] as const;

const WAYS_IN = ['browser', 'command-line', 'api'] as const;
const KINDS_ASKED = ['activation', 'deactivation'] as const;

/** Every file in and every file out, with what became of it. Append-only, but that the bytes of a file that came in are dropped in time. */
export const exchanges = pgTable(
  'exchanges',
  {
    id: id(),
    at: instant('at').notNull(),
    customerId: uuid('customer_id').references(() => customers.id),
    userId: uuid('user_id'),
    /** The browser of somebody who is not signed in; null for everybody else. */
    visitorId: uuid('visitor_id'),
    actor: text('actor').notNull(),
    via: text('via', { enum: WAYS_IN }).notNull(),
    kind: text('kind', { enum: EXCHANGE_KINDS }).notNull(),
    outcome: text('outcome', { enum: EXCHANGE_OUTCOMES }).notNull(),
    /** The exchange that first brought this file in, when it was brought in before. */
    submissionId: uuid('submission_id'),
    /** The exchange that answered this request, when it had been answered before. */
    answeredBy: uuid('answered_by'),
    fileName: text('file_name'),
    fileSize: integer('file_size'),
    fileDigest: text('file_digest'),
    /** The file as it came, up to 64 KiB, encrypted; null in a row that points to its submission, and for files that are larger. */
    content: bytea('content'),
    /** What its bringer said it asks for, where the file itself does not tell. */
    kindAsked: text('kind_asked', { enum: KINDS_ASKED }),
    dialect: text('dialect').$type<DialectId>(),
    /** Dialect, device key and request id: one answer each. */
    requestKey: text('request_key'),
    payloadDigest: text('payload_digest'),
    productCode: text('product_code'),
    deviceName: text('device_name'),
    entitlementId: uuid('entitlement_id'),
    deviceId: uuid('device_id'),
    activationId: uuid('activation_id'),
    code: text('code').$type<RejectionCode>(),
    facts: jsonb('facts').$type<Facts>().notNull().default({}),
    troubleCode: text('trouble_code'),
    replyName: text('reply_name'),
    /** The bytes that were handed out, encrypted. */
    reply: bytea('reply'),
  },
  (table) => [
    foreignKey({ columns: [table.customerId, table.entitlementId], foreignColumns: [entitlements.customerId, entitlements.id] }),
    foreignKey({ columns: [table.customerId, table.deviceId], foreignColumns: [devices.customerId, devices.id] }),
    foreignKey({ columns: [table.customerId, table.activationId], foreignColumns: [activations.customerId, activations.id] }),
    uniqueIndex('exchanges_answered').on(table.requestKey).where(sql`outcome in ('granted', 'renewed', 'returned')`),
    index('exchanges_user').on(table.userId, table.at, table.id),
    index('exchanges_customer').on(table.customerId, table.at, table.id),
    index('exchanges_answers_of_all').on(table.at, table.id).where(sql`outcome in ('granted', 'renewed', 'issued', 'returned')`),
    index('exchanges_device').on(table.deviceId, table.at, table.id),
    index('exchanges_activation').on(table.activationId, table.at),
    index('exchanges_entitlement').on(table.entitlementId, table.at, table.id),
    index('exchanges_submission').on(table.submissionId),
    index('exchanges_trouble_code').on(table.troubleCode),
    index('exchanges_request_id').on(sql`split_part(request_key, ':', 3) collate "C"`),
    index('exchanges_file').on(table.fileDigest),
    // What bytes are dropped by: of old files, and of those that could not be opened.
    index('exchanges_kept').on(table.customerId, table.at).where(sql`content is not null`),
    index('exchanges_unreadable').on(table.userId, table.at, table.id).where(sql`content is not null and kind = 'unknown'`),
    check('exchanges_via', isOneOf(table.via, WAYS_IN)),
    check('exchanges_kind', isOneOf(table.kind, EXCHANGE_KINDS)),
    check('exchanges_outcome', isOneOf(table.outcome, EXCHANGE_OUTCOMES)),
    check('exchanges_refused', sql`(${table.outcome} = 'refused') = (${table.code} is not null)`),
    check('exchanges_repeated', sql`(${table.outcome} = 'repeated') = (${table.answeredBy} is not null)`),
    check('exchanges_reply', sql`(${table.outcome} in ('granted', 'renewed', 'issued')) = (${table.reply} is not null)`),
    check('exchanges_content', sql`octet_length(${table.content}) <= 65568`),
    check('exchanges_kind_asked', isOneOf(table.kindAsked, KINDS_ASKED)),
  ],
);

/** Files that support looked into. They are not handed in: no customer sees them, and nothing follows from them. Append-only, as exchanges are. */
export const inspections = pgTable(
  'inspections',
  {
    id: id(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    fileName: text('file_name'),
    fileSize: integer('file_size').notNull(),
    fileDigest: text('file_digest').notNull(),
    /** The file as it came, up to 64 KiB, encrypted; null for files that are larger. */
    content: bytea('content'),
  },
  (table) => [
    index('inspections_kept').on(table.at).where(sql`content is not null`),
    check('inspections_content', sql`octet_length(${table.content}) <= 65568`),
  ],
);

/** Who did what, written by the statement that did it. Append-only. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    customerId: uuid('customer_id').references(() => customers.id),
    userId: uuid('user_id'),
    actor: text('actor').notNull(),
    role: text('role').notNull(),
    action: text('action').$type<AuditAction>().notNull(),
    code: text('code').$type<RejectionCode>(),
    entitlementId: uuid('entitlement_id'),
    deviceId: uuid('device_id'),
    activationId: uuid('activation_id'),
    exchangeId: uuid('exchange_id'),
    /** What names this attempt to support, of a refusal; that of an exchange is in its own row. */
    troubleCode: text('trouble_code'),
    detail: jsonb('detail').$type<Json>().notNull().default({}),
  },
  (table) => [
    index('audit_entries_customer').on(table.customerId, table.id),
    index('audit_entries_entitlement').on(table.entitlementId, table.id),
    index('audit_entries_device').on(table.deviceId, table.id),
    index('audit_entries_user').on(table.userId, table.id),
    index('audit_entries_action').on(table.action, table.id),
    // Days come in order, so a few bytes for each range of pages are enough.
    index('audit_entries_at').using('brin', table.at),
    index('audit_entries_refused').on(table.customerId, table.id).where(sql`code is not null`),
    index('audit_entries_all_refused').on(table.id).where(sql`code is not null`),
    index('audit_entries_trouble_code').on(table.troubleCode, table.id).where(sql`trouble_code is not null`),
  ],
);

import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ReminderDay } from '@/lib/licensing/leases/reminder-days';
import { activations, leases } from './activations';
import { instant } from './columns';
import { users } from './people';

/** When somebody wants to be reminded of leases that end. Without a row: on all days, with files. */
export const reminderSettings = pgTable(
  'reminder_settings',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** So many days before the end; empty: never. */
    days: integer('days').array().$type<ReminderDay[]>().notNull(),
    /** Whether refresh files come with the mail. */
    withFiles: boolean('with_files').notNull(),
  },
  (table) => [check('reminder_settings_days', sql`${table.days} <@ array[30, 7, 1]`)],
);

/** Reminders of one lease to one person, a row for each step. A row that is not settled is being sent, or was cut off. */
export const leaseReminders = pgTable(
  'lease_reminders',
  {
    customerId: uuid('customer_id').notNull(),
    userId: uuid('user_id').notNull(),
    activationId: uuid('activation_id').notNull(),
    leaseSequence: integer('lease_sequence').notNull(),
    /** The step: so many days before the end. */
    days: integer('days').$type<ReminderDay>().notNull(),
    claimedAt: instant('claimed_at').notNull(),
    settledAt: instant('settled_at'),
    /** What the mail server said to it. */
    outcome: text('outcome', { enum: ['accepted', 'refused'] }),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.activationId, table.leaseSequence, table.days] }),
    foreignKey({ columns: [table.customerId, table.userId], foreignColumns: [users.customerId, users.id] }),
    foreignKey({ columns: [table.customerId, table.activationId], foreignColumns: [activations.customerId, activations.id] }),
    check('lease_reminders_days', sql`${table.days} in (30, 7, 1)`),
    check('lease_reminders_outcome', sql`${table.outcome} in ('accepted', 'refused')`),
    check('lease_reminders_settled', sql`(${table.settledAt} is null) = (${table.outcome} is null)`),
  ],
);

/** The refresh file that reminders of a lease carry. One for each lease, for all recipients and reminders. */
export const reminderFiles = pgTable(
  'reminder_files',
  {
    activationId: uuid('activation_id').notNull(),
    /** The lease that ends, not that of the file. */
    leaseSequence: integer('lease_sequence').notNull(),
    /** The exchange of the file: its id is chosen before it is made. */
    exchangeId: uuid('exchange_id').notNull().unique(),
  },
  (table) => [
    primaryKey({ columns: [table.activationId, table.leaseSequence] }),
    foreignKey({ columns: [table.activationId, table.leaseSequence], foreignColumns: [leases.activationId, leases.sequence] }),
  ],
);

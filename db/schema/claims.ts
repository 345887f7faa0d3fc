import { sql } from 'drizzle-orm';
import { check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { APPROVER_TIES } from '@/lib/licensing/claims/approver-ties';
import { CLAIM_STATES, RELEASE_REASONS } from '@/lib/licensing/claims/lost-device-claim';
import { activations } from './activations';
import { id, instant, isOneOf } from './columns';
import { MAIL_OUTCOMES, users } from './people';

/** Releases without proof that somebody asked for, because somebody else has to agree. */
export const claims = pgTable(
  'claims',
  {
    id: id(),
    customerId: uuid('customer_id').notNull(),
    activationId: uuid('activation_id').notNull(),
    claimantId: uuid('claimant_id')
      .notNull()
      .references(() => users.id),
    reason: text('reason', { enum: RELEASE_REASONS }).notNull(),
    note: text('note').notNull().default(''),
    state: text('state', { enum: CLAIM_STATES }).notNull().default('open'),
    openedAt: instant('opened_at').notNull(),
    decidedAt: instant('decided_at'),
    /** Null while it is open, for the operator, and when the seat came free in another way. */
    decidedBy: uuid('decided_by').references(() => users.id),
    answer: text('answer').notNull().default(''),
    /** Why the approver may not be independent of the claimant; empty for all others. */
    ties: text('ties', { enum: APPROVER_TIES }).array().notNull().default(sql`'{}'`),
  },
  (table) => [
    foreignKey({ columns: [table.customerId, table.activationId], foreignColumns: [activations.customerId, activations.id] }),
    uniqueIndex('claims_open').on(table.activationId).where(sql`state = 'open'`),
    index('claims_waiting').on(table.customerId, table.openedAt).where(sql`state = 'open'`),
    index('claims_opened').on(table.openedAt).where(sql`state = 'open'`),
    index('claims_activation').on(table.activationId, table.openedAt),
    index('claims_closed').on(table.customerId, table.decidedAt, table.id),
    index('claims_closed_of_all').on(table.decidedAt, table.id).where(sql`state <> 'open'`),
    check('claims_state', isOneOf(table.state, CLAIM_STATES)),
    check('claims_reason', isOneOf(table.reason, RELEASE_REASONS)),
    check('claims_decided', sql`(${table.state} = 'open') = (${table.decidedAt} is null)`),
    check('claims_ties', sql`${table.ties} <@ array['approver-young', 'invited-by-claimant', 'claimant-invited-and-young']`),
    check('claims_not_by_claimant', sql`${table.state} = 'withdrawn' or ${table.decidedBy} <> ${table.claimantId}`),
  ],
);

/**
 * What a message about a claim announces: `asked` to those who can answer, its end to those who wait. `closed`: by itself. `tied`: to support, that
 * the approver may not be independent of the claimant.
 */
export const CLAIM_TELLS = ['asked', 'approved', 'refused', 'withdrawn', 'closed', 'tied'] as const;

/** Messages about claims, a row for each person and announcement. A row that is not settled is being sent, or waits for the mail server. */
export const claimMails = pgTable(
  'claim_mails',
  {
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    tells: text('tells', { enum: CLAIM_TELLS }).notNull(),
    /** When it became due, first or again. */
    wantedAt: instant('wanted_at').notNull(),
    claimedAt: instant('claimed_at').notNull(),
    /** When it was accepted or permanently refused. */
    settledAt: instant('settled_at'),
    /** Outcome of the last attempt. */
    outcome: text('outcome', { enum: MAIL_OUTCOMES }),
    /** What the mail server said. */
    answer: text('answer').notNull().default(''),
  },
  (table) => [
    primaryKey({ columns: [table.claimId, table.userId, table.tells] }),
    index('claim_mails_waiting').on(table.wantedAt).where(sql`settled_at is null`),
    check('claim_mails_tells', isOneOf(table.tells, CLAIM_TELLS)),
    check('claim_mails_outcome', isOneOf(table.outcome, MAIL_OUTCOMES)),
    check('claim_mails_settled', sql`(${table.settledAt} is null) = (${table.outcome} is null or ${table.outcome} = 'failed')`),
  ],
);

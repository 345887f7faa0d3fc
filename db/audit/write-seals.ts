import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { violatedUnique } from '../postgres-error';
import { instantFromJson, toRowJson } from '../row';
import type { auditCheckpoints, auditSeals } from '../schema/audit-chain';

/** JSON of an audit entry `a` as it is hashed: instants in UTC with microseconds, null members included. */
const sealedEntryJson: SQL = sql`jsonb_build_object('id', a.id,
  'at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'customer_id', a.customer_id, 'user_id', a.user_id,
  'actor', a.actor, 'role', a.role, 'action', a.action, 'code', a.code, 'entitlement_id', a.entitlement_id, 'device_id', a.device_id,
  'activation_id', a.activation_id, 'exchange_id', a.exchange_id, 'detail', a.detail)
  -- Left out when null, so that entries older than this column keep their hash.
  || case when a.trouble_code is null then '{}'::jsonb else jsonb_build_object('trouble_code', a.trouble_code) end`;

const entryFromJson = z.record(z.string(), z.json());

/** Entries up to `id`, and the transactions that may still add one below it. */
export interface Horizon {
  readonly id: number;
  readonly writers: readonly string[];
}

/** Transactions that write audit entries: each locks the table before it draws an id, and releases the lock only after its rows are visible. */
const writers = sql`select l.virtualtransaction from pg_locks l
  where l.locktype = 'relation' and l.relation = 'audit_entries'::regclass and l.mode = 'RowExclusiveLock' and l.granted
    and l.database = (select oid from pg_database where datname = current_database())`;

/**
 * Finds how far the audit may be sealed once the writers of this moment are done.
 *
 * Ids are drawn before they are committed, so that 7 can be seen while 6 is still under way. The statement's snapshot is taken first, then
 * the locks are read: a transaction that drew an id below the highest one seen is either among the writers or had already ended.
 * The oldest running transaction would not suffice: an id can be drawn before the transaction that draws it has a number.
 */
export async function readHorizon(db: Database): Promise<Horizon> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('id', coalesce((select max(id) from audit_entries), 0),
      'writers', (select coalesce(jsonb_agg(w.virtualtransaction), '[]') from (${writers}) w)) as found`);
  return z.object({ id: z.int(), writers: z.array(z.string()) }).parse(rows[0]?.found);
}

/** Returns whether one of these transactions is still running. */
export async function stillWriting(db: Database, transactions: readonly string[]): Promise<boolean> {
  if (transactions.length === 0) return false;
  const rows = await db.execute(
    sql`select from (${writers}) w where ${JSON.stringify(transactions)}::jsonb ? w.virtualtransaction limit 1`,
  );
  return rows.length > 0;
}

const batchFromJson = z.object({
  now: instantFromJson,
  entries: z.array(entryFromJson),
  heads: z.array(z.object({ chain: z.string(), sequence: z.int(), hash: z.string() })),
});

/** The next entries to seal, in the order of their ids, and the heads of the chains they belong to. */
export type SealBatch = z.output<typeof batchFromJson>;

/** The id up to which every entry had an audit seal when the watermark was written. */
export const watermark: SQL = sql`(select coalesce((select sealed_up_to from audit_watermark), 0))`;

/** Condition on audit entries `a`: after the given id, and without an audit seal. Both tables are bounded, so that neither is read from its start. */
export function withoutSeal(after: SQL): SQL {
  return sql`a.id > ${after} and not exists (select from audit_seals s where s.audit_id = a.id and s.audit_id > ${after})`;
}

/**
 * Builds the statement that finds the oldest entries up to `horizon` without an audit seal.
 *
 * @param input.after starts after this entry; left out: after the watermark
 */
export function unsealedStatement(input: { readonly horizon: number; readonly limit: number; readonly after?: number }): SQL {
  const after = input.after === undefined ? watermark : sql`${input.after}::bigint`;
  return sql`
    with next as materialized (
      select a.* from audit_entries a where ${withoutSeal(after)} and a.id <= ${input.horizon} order by a.id limit ${input.limit}
    ), chains as (select distinct coalesce(customer_id::text, 'vendor') as chain from next)
    select jsonb_build_object('now', clock_timestamp(),
      'entries', (select coalesce(jsonb_agg(${sealedEntryJson} order by a.id), '[]') from next a),
      'heads', (select coalesce(jsonb_agg(jsonb_build_object('chain', h.chain, 'sequence', h.sequence, 'hash', h.hash)), '[]')
        from chains cross join lateral (
          select s.chain, s.sequence, s.hash from audit_seals s where s.chain = chains.chain order by s.sequence desc limit 1) h)) as found`;
}

/** Reads the next entries to seal, by {@link unsealedStatement}. */
export async function readUnsealed(db: Database, input: Parameters<typeof unsealedStatement>[0]): Promise<SealBatch> {
  const rows = await db.execute<{ found: unknown }>(unsealedStatement(input));
  return batchFromJson.parse(rows[0]?.found);
}

/** The place of an entry in the chain of its customer. The chain follows from the entry. */
export type Seal = Readonly<Omit<typeof auditSeals.$inferInsert, 'chain'>>;

export type SignedCheckpoint = Readonly<typeof auditCheckpoints.$inferInsert>;

/**
 * Writes seals and the checkpoints behind them as one statement.
 *
 * @returns `stale` when another worker sealed one of these entries or took one of these places first, or an older entry became visible;
 *   nothing was written then
 */
export async function writeSeals(
  db: Database,
  input: { seals: readonly Seal[]; checkpoints: readonly SignedCheckpoint[] },
): Promise<'done' | 'stale'> {
  const { seals, checkpoints } = input;
  try {
    const rows = await db.execute<{ done: boolean }>(
      sql`select seal_audit(${JSON.stringify(seals.map(toRowJson))}::jsonb, ${JSON.stringify(checkpoints.map(toRowJson))}::jsonb) as done`,
    );
    return rows[0]?.done === true ? 'done' : 'stale';
  } catch (error) {
    if (violatedUnique(error) !== null) return 'stale';
    throw error;
  }
}

const sealed = z.object({ sequence: z.int(), hash: z.string(), entry: entryFromJson, token: z.string().nullable() });

/** An entry in its chain, and the checkpoint at its place if there is one. */
export type SealedEntry = z.output<typeof sealed>;

/** Reads up to `limit` entries of a chain in their order, after the place `after`. */
export async function readChain(
  db: Database,
  input: { readonly chain: string; readonly after: number; readonly limit: number },
): Promise<SealedEntry[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('sequence', s.sequence, 'hash', s.hash, 'entry', ${sealedEntryJson}, 'token', k.token) as found
    from audit_seals s join audit_entries a on a.id = s.audit_id
    left join audit_checkpoints k on k.chain = s.chain and k.sequence = s.sequence
    where s.chain = ${input.chain} and s.sequence > ${input.after} order by s.sequence limit ${input.limit}`);
  return rows.map((row) => sealed.parse(row.found));
}

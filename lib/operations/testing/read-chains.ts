import { sql } from 'drizzle-orm';
import type { TestPortal } from './test-portal';

/** A chain of the audit: its entries by sequence, and its checkpoints. */
export interface ChainStanding {
  readonly chain: string;
  readonly sequences: readonly number[];
  readonly auditIds: readonly number[];
  readonly checkpoints: readonly number[];
}

/** All chains, by name. */
export async function readChains({ db }: TestPortal): Promise<ChainStanding[]> {
  const rows = await db.execute<{ chain: string; sequences: number[]; ids: number[]; checkpoints: number[] }>(sql`
    select s.chain, jsonb_agg(s.sequence order by s.sequence) as sequences,
      jsonb_agg(s.audit_id order by s.sequence) as ids,
      (select jsonb_agg(k.sequence order by k.sequence) from audit_checkpoints k where k.chain = s.chain) as checkpoints
    from audit_seals s group by s.chain order by s.chain`);
  return rows.map(({ chain, sequences, ids, checkpoints }) => ({ chain, sequences, auditIds: ids, checkpoints }));
}

/** Entries without an audit seal. */
export async function countUnsealed({ db }: TestPortal): Promise<number> {
  const rows = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from audit_entries a where not exists (select from audit_seals s where s.audit_id = a.id)`);
  return rows[0]?.count ?? -1;
}

/** Writes a number of entries of a customer or of the vendor. */
export async function writeEntries(portal: TestPortal, input: { customerId: string | null; count: number }): Promise<void> {
  await portal.db.execute(sql`
    insert into audit_entries (at, customer_id, actor, role, action, detail)
    select now(), ${input.customerId}::uuid, 'jonas@example.com', 'member', 'seat.taken', jsonb_build_object('n', n, 'name', 'Größe "1"')
    from generate_series(1, ${input.count}) n`);
}

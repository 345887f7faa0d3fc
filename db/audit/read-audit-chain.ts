import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { entryFromJson, sealedEntryJson } from './write-seals';

const sealed = z.object({ sequence: z.int(), hash: z.string(), entry: entryFromJson, token: z.string().nullable() });

/** A sealed entry, and the checkpoint behind it where there is one. */
export type SealedEntry = z.output<typeof sealed>;

/** Reads a chain in its order, from behind the place `after`. */
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

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { replySize } from '../exchange/read-exchange';
import { instantFromJson } from '../row';
import { inspections } from '../schema/exchanges';
import type { Scope } from '../scope';
import { exchangesIn } from '../scope';

const factsFromJson = z.object({
  id: z.string(),
  at: instantFromJson,
  actor: z.string(),
  /** Whoever handed it in, when that is known. */
  userId: z.string().nullable(),
  fileName: z.string().nullable(),
  kindAsked: z.enum(['activation', 'deactivation']).nullable(),
  /** An application sent it, and its call said what for. */
  isCall: z.boolean(),
  fileSize: z.int().nullable(),
  fileDigest: z.string().nullable(),
});

/** A file that is kept, with its bytes: one that was handed in, or one that support looks into. */
export interface KeptFile extends z.output<typeof factsFromJson> {
  /** Sealed as it is kept; null when it was larger than any request can be. */
  readonly content: Uint8Array | null;
}

/** Keeps a file that support looks into, with its audit row. */
export async function insertInspection(
  db: Database,
  { inspection, audit }: { inspection: typeof inspections.$inferInsert; audit: AuditEntry },
): Promise<void> {
  const query = sql`${db.insert(inspections).values(inspection).returning({ id: inspections.id })}`;
  await writeAudited(db, { writes: [{ name: 'kept', query }], audit });
}

/**
 * The file of an exchange within the scope: the one that came in, and where none did, the one that went out. Or a file that support looks
 * into, by its id.
 */
export async function readKeptFile(
  db: Database,
  { scope, id }: { scope: Extract<Scope, { kind: 'all' }>; id: string },
): Promise<KeptFile | null> {
  const rows = await db.execute<{ facts: unknown; content: Uint8Array | null }>(sql`
    select jsonb_build_object('id', x.id, 'at', x.at, 'actor', x.actor, 'userId', x.user_id, 'kindAsked', coalesce(s.kind_asked, x.kind_asked), 'isCall', x.via = 'api',
      'fileName', coalesce(s.file_name, x.file_name, x.reply_name), 'fileSize', coalesce(s.file_size, x.file_size, ${replySize}),
      'fileDigest', coalesce(s.file_digest, x.file_digest)) as facts,
      coalesce(s.content, x.content, case when s.id is null and x.file_digest is null then x.reply end) as content
    from exchanges x left join exchanges s on s.id = x.submission_id where x.id = ${id}::uuid and ${exchangesIn(scope)}
    union all
    select jsonb_build_object('id', i.id, 'at', i.at, 'actor', i.actor, 'userId', null, 'kindAsked', null, 'isCall', false, 'fileName', i.file_name,
      'fileSize', i.file_size, 'fileDigest', i.file_digest), i.content
    from inspections i where i.id = ${id}::uuid`);
  const [row] = rows;
  return row === undefined ? null : { ...factsFromJson.parse(row.facts), content: row.content };
}

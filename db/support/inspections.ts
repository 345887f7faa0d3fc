import { and, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { replySize } from '../exchange/read-exchange';
import { exchanges as allExchanges, inspections } from '../schema/exchanges';
import type { Scope } from '../scope';
import { exchangesIn, scoped } from '../scope';

const submissions = alias(allExchanges, 's');

type KindAsked = typeof submissions.$inferSelect.kindAsked;

/** A stored file with its bytes: of an exchange or of an inspection. */
export type KeptFile = NonNullable<Awaited<ReturnType<typeof readKeptFile>>>;

/** Writes an inspection with its file, and the audit row. */
export async function insertInspection(
  db: Database,
  { inspection, audit }: { inspection: typeof inspections.$inferInsert; audit: AuditEntry },
): Promise<void> {
  const query = db.insert(inspections).values(inspection).returning({ id: inspections.id });
  await writeAudited(db, { writes: [{ name: 'kept', query }], audit });
}

/**
 * Reads the file of an exchange within the scope: the incoming one, or the outgoing one if none came in. Or the file of an inspection. By the id
 * of either.
 */
export async function readKeptFile(db: Database, { scope, id }: { scope: Extract<Scope, { kind: 'all' }>; id: string }) {
  const { exchanges } = scoped;
  const { fileName, fileSize, fileDigest, content, kindAsked } = submissions;
  const handedIn = db
    .select({
      id: exchanges.id,
      at: exchanges.at,
      actor: exchanges.actor,
      /** The submitter, if known. */
      userId: exchanges.userId,
      fileName: sql<string | null>`coalesce(${fileName}, ${exchanges.fileName}, ${exchanges.replyName})`,
      kindAsked: sql<KindAsked>`coalesce(${kindAsked}, ${exchanges.kindAsked})`,
      /** An application sent it, and its call named the kind of request. */
      isCall: sql<boolean>`${exchanges.via} = 'api'`,
      fileSize: sql<number | null>`coalesce(${fileSize}, ${exchanges.fileSize}, ${replySize})`,
      fileDigest: sql<string | null>`coalesce(${fileDigest}, ${exchanges.fileDigest})`,
      /** Encrypted as it is stored; null when it was larger than any request can be. */
      content: sql<Uint8Array | null>`coalesce(${content}, ${exchanges.content},
        case when ${submissions.id} is null and ${exchanges.fileDigest} is null then ${exchanges.reply} end)`,
    })
    .from(exchanges)
    .leftJoin(submissions, eq(submissions.id, exchanges.submissionId))
    .where(and(eq(exchanges.id, id), exchangesIn(scope)));
  const lookedInto = db
    .select({
      id: inspections.id,
      at: inspections.at,
      actor: inspections.actor,
      userId: sql<string | null>`null::uuid`,
      fileName: sql<string | null>`${inspections.fileName}`,
      kindAsked: sql<KindAsked>`null`,
      isCall: sql<boolean>`false`,
      fileSize: sql<number | null>`${inspections.fileSize}`,
      fileDigest: sql<string | null>`${inspections.fileDigest}`,
      content: sql<Uint8Array | null>`${inspections.content}`,
    })
    .from(inspections)
    .where(eq(inspections.id, id));
  const [found] = await handedIn.unionAll(lookedInto);
  return found ?? null;
}

import { z } from 'zod';
import { PAGE_ROWS } from '@/db/list-activations';
import type { ListedAudit } from '@/db/list-audit';
import { listAudit as readAudit } from '@/db/list-audit';
import { scopeOf } from './actor';
import { defineOperation, done } from './operation';

/** A page of the audit, newest first, and the cursors of its neighbours. */
export interface AuditListing {
  readonly rows: readonly ListedAudit[];
  /** Pass as `after` for the page with older entries; null where there is none. */
  readonly older: number | null;
  /** Pass as `before` for the page with newer entries; null where there is none. */
  readonly newer: number | null;
}

const cursor = z.coerce.number().int().min(1).nullable().catch(null).default(null);
const id = z.uuid().nullable().default(null);

const input = z.strictObject({
  after: cursor,
  before: cursor,
  /** Shows the oldest page. */
  fromEnd: z.boolean().default(false),
  userId: id,
  deviceId: id,
  /** For support. */
  customerId: id,
  refusedOnly: z.boolean().default(false),
});

/** What was done, refused attempts too: on a member's own entitlements, in a customer, or everywhere. By cursor from either end. */
export const listAudit = defineOperation({
  name: 'audit.list',
  kind: 'query',
  permission: 'audit:read',
  input,
  async run({ after, before, fromEnd, ...filter }, { db, actor }) {
    const isNewer = fromEnd || before !== null;
    const page = { side: isNewer ? 'newer' : 'older', cursor: isNewer ? before : after } as const;
    const found = await readAudit(db, { scope: scopeOf(actor), filter, page });
    const hasMore = found.length > PAGE_ROWS;
    const rows = isNewer ? found.slice(-PAGE_ROWS) : found.slice(0, PAGE_ROWS);
    const [first, last] = [rows[0]?.id ?? null, rows.at(-1)?.id ?? null];
    const hasOlder = isNewer ? before !== null : hasMore;
    const hasNewer = isNewer ? hasMore : after !== null;
    return done<AuditListing>({ rows, older: hasOlder ? last : null, newer: hasNewer ? first : null });
  },
});

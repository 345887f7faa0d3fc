import { z } from 'zod';
import type { ListedAudit } from '@/db/audit/read-audit';
import { listAudit as readAudit } from '@/db/audit/read-audit';
import { PAGE_ROWS } from '@/db/seats/list-activations';
import { AUDIT_KINDS } from '@/lib/licensing/audit/audit-action';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';
import { boundedText } from '@/lib/signing/bounded-text';
import { scopeOf } from '../actor';
import { searchInput } from '../cursor';
import { defineOperation, done } from '../operation';

export type { ListedAudit };

/** A page of the audit, newest first, and the cursors of its neighbours. */
export interface AuditListing {
  readonly rows: readonly ListedAudit[];
  /** Pass as `after` for the page with older entries; null where there is none. */
  readonly older: number | null;
  /** Pass as `before` for the page with newer entries; null where there is none. */
  readonly newer: number | null;
}

const DAY_MS = 86_400_000;
const place = z.coerce.number<number | string>().int().min(1).max(Number.MAX_SAFE_INTEGER);
const cursor = z
  .union([z.number(), boundedText(16)])
  .pipe(place)
  .nullable()
  .catch(null)
  .default(null);
const id = z.uuid().nullable().default(null);
const day = z.iso
  .date()
  // The range of the database's timestamps, with a day to spare.
  .refine((text) => text >= '1970' && text < '9999')
  .transform((text) => new Date(`${text}T00:00:00Z`))
  .nullable()
  .catch(null)
  .default(null);

const troubleCode = boundedText(20)
  .transform((text) => text.trim().toUpperCase())
  .refine(isTroubleCode, 'expected a trouble code');

const input = z.strictObject({
  after: cursor,
  before: cursor,
  /** Shows the oldest page. */
  fromEnd: z.boolean().default(false),
  kind: z.enum(AUDIT_KINDS).nullable().catch(null).default(null),
  userId: id,
  deviceId: id,
  entitlementId: id,
  who: searchInput,
  about: searchInput,
  /** For support. */
  customer: searchInput,
  refusedOnly: z.boolean().default(false),
  troubleCode: troubleCode.nullable().default(null),
  /** Days in UTC, both of them included. */
  from: day,
  to: day,
});

/** Lists the audit, refused attempts included, within the scope: a member's entitlements, a customer, or everything. Pages from either end. */
export const listAudit = defineOperation({
  name: 'audit.list',
  kind: 'query',
  permission: 'audit:read',
  input,
  async run({ after, before, fromEnd, to, ...asked }, { db, actor }) {
    const isNewer = fromEnd || before !== null;
    const page = { side: isNewer ? 'newer' : 'older', cursor: isNewer ? before : after } as const;
    const filter = { ...asked, until: to === null ? null : new Date(to.getTime() + DAY_MS) };
    const found = await readAudit(db, { scope: scopeOf(actor), filter, page });
    const hasMore = found.length > PAGE_ROWS;
    const rows = isNewer ? found.slice(-PAGE_ROWS) : found.slice(0, PAGE_ROWS);
    const [first, last] = [rows[0]?.id ?? null, rows.at(-1)?.id ?? null];
    const hasOlder = isNewer ? before !== null : hasMore;
    const hasNewer = isNewer ? hasMore : after !== null;
    return done<AuditListing>({ rows, older: hasOlder ? last : null, newer: hasNewer ? first : null });
  },
});

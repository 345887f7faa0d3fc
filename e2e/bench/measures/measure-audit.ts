import { PAGE_ROWS } from '@/db/seats/list-activations';
import type { LongAudit } from '@/db/testing/generate-audit';
import { readLongAudit } from '@/db/testing/generate-audit';
import type { Actor } from '@/lib/operations/actor';
import { listAudit } from '@/lib/operations/audit/list-audit';
import type { ActingContext } from '@/lib/operations/context';
import { perform } from '@/lib/operations/operation';
import { takeTurns } from '../take-turns';

/** Time of a page of the audit for one reader, in milliseconds: the median over the rounds. */
export interface AuditPages {
  readonly reader: string;
  readonly startMs: number;
  /** The oldest page, by the cursor that the page before it gives. */
  readonly endMs: number;
  /** The oldest page, from the end. */
  readonly fromEndMs: number;
}

/** Pages of a long audit, as each reader sees it. */
export interface AuditFinding {
  /** Of the customer whose audit is long. */
  readonly entries: number;
  readonly readers: readonly AuditPages[];
}

interface Reader {
  readonly reader: string;
  readonly actor: Actor;
  readonly filter: object;
}

/** Measures the newest page of the longest audit against the oldest, for everybody who may read it. The pages take turns. */
export async function measureAudit(context: ActingContext): Promise<AuditFinding> {
  const audit = await readLongAudit(context.db);
  const readers: AuditPages[] = [];
  for (const reader of readersOf(audit)) readers.push(await measureReader(context, reader));
  return { entries: audit.entries, readers };
}

function readersOf({ customerId, customerCode, memberId, adminId }: LongAudit): Reader[] {
  const support: Actor = { role: 'support', userId: adminId, label: 'support' };
  return [
    { reader: 'member', actor: { role: 'member', userId: memberId, customerId, label: 'member' }, filter: {} },
    { reader: 'administrator', actor: { role: 'customer_admin', userId: adminId, customerId, label: 'admin' }, filter: {} },
    {
      reader: 'administrator, refused attempts',
      actor: { role: 'customer_admin', userId: adminId, customerId, label: 'admin' },
      filter: { refusedOnly: true },
    },
    { reader: 'support, of the customer', actor: support, filter: { customer: customerCode } },
    { reader: 'support, of all customers', actor: support, filter: {} },
  ];
}

async function measureReader(context: ActingContext, { reader, actor, filter }: Reader): Promise<AuditPages> {
  const list = async (page: object) => {
    const result = await perform(listAudit, { ...filter, ...page }, { ...context, actor });
    if (!result.ok) throw new Error(`expected a page of the audit, found ${result.rejection.code}`);
    if (result.value.rows.length !== PAGE_ROWS)
      throw new Error(`expected a whole page, found ${result.value.rows.length} entries`);
    return result.value;
  };
  const { newer } = await list({ fromEnd: true });
  const { older: cursor } = await list({ before: newer });
  const oldest = async (page: object) => {
    const { older } = await list(page);
    if (older !== null) throw new Error(`expected the oldest page, found one with older entries than ${older}`);
  };
  const times = await takeTurns({
    start: async () => {
      await list({});
    },
    end: () => oldest({ after: cursor }),
    fromEnd: () => oldest({ fromEnd: true }),
  });
  return { reader, startMs: times.start, endMs: times.end, fromEndMs: times.fromEnd };
}

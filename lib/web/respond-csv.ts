import 'server-only';
import type { Page } from '@/lib/operations/cursor';
import type { Result } from '@/lib/operations/operation';
import { signInPath } from './context';
import type { Cell } from './csv';
import { BYTE_ORDER_MARK, csvRecord } from './csv';
import { logFault, makeEventId } from './fault';
import { PRIVATE, seeOther } from './respond';

interface CsvExport<Row> {
  /** Name of the file without its ending, in ASCII. */
  readonly name: string;
  /** Path of the page that shows the table. */
  readonly page: string;
  readonly columns: Readonly<Record<string, (row: Row) => Cell>>;
  /** Performs the operation that lists the rows. */
  readonly readPage: (after: string | null) => Promise<Result<Page<Row>>>;
}

/** Answers with a whole list as a CSV file, read and sent a page at a time, so that its length does not matter. */
export async function respondCsv<Row>({ name, page, columns, readPage }: CsvExport<Row>): Promise<Response> {
  const first = await readPage(null);
  if (!first.ok && first.rejection.code === 'sign-in-needed') return seeOther(signInPath(page));
  if (!first.ok) return new Response('There is no such list.\n', { status: 404, headers: PRIVATE });
  const cells = Object.values(columns);
  const recordsOf = (rows: readonly Row[]) => rows.map((row) => csvRecord(cells.map((cell) => cell(row)))).join('');
  const encoder = new TextEncoder();
  let next = first.value.next;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const head = `${BYTE_ORDER_MARK}${csvRecord(Object.keys(columns))}${recordsOf(first.value.rows)}`;
      controller.enqueue(encoder.encode(head));
      if (next === null) controller.close();
    },
    async pull(controller) {
      // A file that breaks off is better than one that looks whole and is not.
      const result = await readPage(next).catch((error: unknown) => {
        logFault(error, { event: makeEventId(), task: `export ${name}` });
        throw error;
      });
      if (!result.ok) throw new Error(`expected the next page of ${name}, found ${result.rejection.code}`);
      next = result.value.next;
      controller.enqueue(encoder.encode(recordsOf(result.value.rows)));
      if (next === null) controller.close();
    },
  });
  const headers = {
    ...PRIVATE,
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}.csv"`,
  };
  return new Response(body, { headers });
}

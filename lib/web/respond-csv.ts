import 'server-only';
import type { Page } from '@/lib/operations/cursor';
import type { Result } from '@/lib/operations/operation';
import { done } from '@/lib/operations/operation';
import { signInPath } from './context';
import type { Cell } from './csv';
import { BYTE_ORDER_MARK, csvRecord } from './csv';
import { PRIVATE, seeOther } from './respond';
import { streamParts } from './stream-parts';

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
  const head = `${BYTE_ORDER_MARK}${csvRecord(Object.keys(columns))}`;
  const body = streamParts({
    name,
    first: { text: `${head}${recordsOf(first.value.rows)}`, next: first.value.next },
    async readNext(after) {
      const result = await readPage(after);
      return result.ok ? done({ text: recordsOf(result.value.rows), next: result.value.next }) : result;
    },
  });
  const headers = {
    ...PRIVATE,
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}.csv"`,
  };
  return new Response(body, { headers });
}

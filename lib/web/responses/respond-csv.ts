import 'server-only';
import type { OperationContext } from '@/lib/operations/context';
import type { Page } from '@/lib/operations/cursor';
import type { Result } from '@/lib/operations/operation';
import { done } from '@/lib/operations/operation';
import type { Cell } from './csv';
import { BYTE_ORDER_MARK, csvRecord } from './csv';
import type { PartsToSend } from './respond-parts';
import { respondParts } from './respond-parts';

interface CsvExport<Row> extends Pick<PartsToSend<string>, 'page' | 'contextNow'> {
  /** File name without extension, in ASCII. */
  readonly name: string;
  readonly columns: Readonly<Record<string, (row: Row) => Cell>>;
  /** Performs the operation that lists the rows. */
  readonly readPage: (after: string | null, context: OperationContext) => Promise<Result<Page<Row>>>;
}

/** Responds with a whole list as a CSV file, read page by page. */
export function respondCsv<Row>({ name, columns, readPage, ...asked }: CsvExport<Row>): Promise<Response> {
  const cells = Object.values(columns);
  const recordsOf = (rows: readonly Row[]) => rows.map((row) => csvRecord(cells.map((cell) => cell(row)))).join('');
  const head = `${BYTE_ORDER_MARK}${csvRecord(Object.keys(columns))}`;
  return respondParts<string>({
    ...asked,
    name,
    fileName: `${name}.csv`,
    contentType: 'text/csv',
    missing: 'There is no such list.',
    async readPart(after, context) {
      const result = await readPage(after, context);
      if (!result.ok) return result;
      const { rows, next } = result.value;
      return done({ text: `${after === null ? head : ''}${recordsOf(rows)}`, next });
    },
  });
}

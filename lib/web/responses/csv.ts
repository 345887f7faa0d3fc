/** What a cell of a table can hold. Instants become ISO 8601 in UTC, null an empty cell. */
export type Cell = string | number | Date | null;

/** Tells spreadsheets that the text is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Where a spreadsheet would begin to calculate: at the start of a cell, or behind a character that the list separator of the reader's
 * country makes the start of one. Blanks, quotation marks and invisible characters before the sign are skipped, as spreadsheets do. Full
 * width and small signs count, since some spreadsheets take them for the plain ones.
 */
const STARTS_FORMULA =
  /(?<=^|\r(?!\n)|[,;|\t\n\v\f\u0085\u2028\u2029،؛])(?=[\s\p{C}"]*(?:[=+\-@\t＝＋－＠﹦﹢﹣﹫−]|\r(?!\n)))/gu;

/** A line end in front has nothing before it that a reader would miss. */
const STARTS_WITH_LINE_END = /^(?=[\r\n])/;

const NEEDS_QUOTES = /[",;|\t\r\n]/;

function writeCell(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell === 'number') return String(cell);
  const text = cell.replace(STARTS_FORMULA, "'").replace(STARTS_WITH_LINE_END, "'");
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * One record of a CSV file, with its line end (RFC 4180). An apostrophe stands before whatever a spreadsheet would calculate, under any list
 * separator: quotes alone would not do, because they mean nothing to a reader that splits the record elsewhere.
 */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

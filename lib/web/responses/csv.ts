/** The value of a cell. Instants are written as ISO 8601 in UTC, null as an empty cell. */
export type Cell = string | number | Date | null;

/** Tells spreadsheets that the text is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Positions where a spreadsheet could start a formula: the start of a cell, or after any character that some locale uses as list separator.
 * Skips blanks, quotation marks and invisible characters before the sign, as spreadsheets do. Includes full-width and small signs, which
 * some spreadsheets treat like the plain ones.
 */
const STARTS_FORMULA =
  /(?<=^|\r(?!\n)|[,;|\t\n\v\f\u0085\u2028\u2029،؛])(?=[\s\p{C}"]*(?:[=+\-@\t＝＋－＠﹦﹢﹣﹫−]|\r(?!\n)))/gu;

/** A line end at the start of a cell. */
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
 * Formats one record of a CSV file, with its line end (RFC 4180). Puts an apostrophe before every possible formula, for any list separator:
 * quotes alone do not help in a program that splits the record at another separator.
 */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

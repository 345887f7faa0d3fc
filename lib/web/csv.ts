/** What a cell of a table can hold. Instants become ISO 8601 in UTC, null an empty cell. */
export type Cell = string | number | Date | null;

/** Tells spreadsheets that the text is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** With one of these in front, spreadsheets take a text for a formula. */
const STARTS_FORMULA = /^[=+\-@\t\r\n]/;

function writeCell(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell === 'number') return String(cell);
  const text = STARTS_FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record of a CSV file, with its line end (RFC 4180). A text that a spreadsheet would calculate gets an apostrophe in front. */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

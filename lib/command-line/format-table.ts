type Cell = string | number | Date | null;

/** An instant as a person reads it: UTC, to the minute. */
export function formatInstant(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function written(cell: Cell): string {
  if (cell === null || cell === '') return '-';
  return cell instanceof Date ? formatInstant(cell) : String(cell);
}

/** Formats rows as lines of a table with a heading; without rows, one line that says so. */
export function formatTable<Row>(rows: readonly Row[], columns: Readonly<Record<string, (row: Row) => Cell>>): string[] {
  if (rows.length === 0) return ['None yet.'];
  const table = [
    Object.keys(columns).map((name) => name.toUpperCase()),
    ...rows.map((row) => Object.values(columns).map((cellOf) => written(cellOf(row)))),
  ];
  const widths = Object.keys(columns).map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  return table.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

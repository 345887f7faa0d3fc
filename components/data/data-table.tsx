// biome-ignore-all lint/a11y/noRedundantRoles: drawn as blocks, browsers forget what the elements of a table are
import type { ReactNode } from 'react';

/** One column of a table. */
export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'start' | 'end';
  /** `hidden`: the header is for screen readers only, as over a menu. */
  readonly headerLook?: 'shown' | 'hidden';
}

interface DataTableProps<Row> {
  /** What the rows are, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

/** Rows of facts. The first column names the row. On small screens each row becomes a card; the roles keep it a table for readers. */
export function DataTable<Row>({ caption, columns, rows, rowKey }: DataTableProps<Row>) {
  return (
    <div className="md:rounded-2xl md:border md:border-line md:bg-surface md:shadow-card">
      <table role="table" className="block w-full text-left text-sm md:table">
        <caption className="sr-only">{caption}</caption>
        <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
          <tr role="row" className="md:table-row">
            {columns.map((column) => (
              <th
                key={column.key}
                role="columnheader"
                scope="col"
                className={`px-5 py-3 font-medium text-ink-3 text-xs md:table-cell ${column.align === 'end' ? 'text-right' : ''}`}
              >
                <span className={column.headerLook === 'hidden' ? 'sr-only' : ''}>{column.header}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="grid gap-3 md:table-row-group">
          {rows.map((row) => (
            <TableRow key={rowKey(row)} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TableRow<Row>({ row, columns }: { readonly row: Row; readonly columns: readonly Column<Row>[] }) {
  return (
    <tr
      role="row"
      className="grid gap-2 rounded-2xl border border-line bg-surface px-4 py-4 shadow-card md:table-row md:rounded-none md:border-x-0 md:border-b-0 md:p-0 md:shadow-none md:hover:bg-sunken/50"
    >
      {columns.map((column, index) => (
        <TableCell key={column.key} row={row} column={column} first={index === 0} />
      ))}
    </tr>
  );
}

function TableCell<Row>({ row, column, first }: { readonly row: Row; readonly column: Column<Row>; readonly first: boolean }) {
  const end = column.align === 'end' ? 'md:text-right' : '';
  if (first) {
    return (
      <th
        role="rowheader"
        scope="row"
        className={`block font-medium md:table-cell md:border-line md:border-t md:px-5 md:py-3.5 ${end}`}
      >
        {column.cell(row)}
      </th>
    );
  }
  return (
    <td
      role="cell"
      className={`flex items-center justify-between gap-4 md:table-cell md:border-line md:border-t md:px-5 md:py-3.5 ${end}`}
    >
      <span aria-hidden="true" className={`text-ink-3 text-xs md:hidden ${column.headerLook === 'hidden' ? 'hidden' : ''}`}>
        {column.header}
      </span>
      {column.cell(row)}
    </td>
  );
}

// biome-ignore-all lint/a11y/noRedundantRoles: browsers drop table semantics when the elements are displayed as blocks
import type { ReactNode } from 'react';

/** One column of a table. */
export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'start' | 'end';
  /** `hidden`: header for screen readers only, as above a menu. */
  readonly headerLook?: 'shown' | 'hidden';
}

interface DataTableProps<Row> {
  /** Caption for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

/** A table whose first column is the row header. On small screens each row becomes a card; the roles keep it a table for screen readers. */
export function DataTable<Row>({ caption, columns, rows, rowKey }: DataTableProps<Row>) {
  return (
    <div className="@container">
      <div className="@4xl:rounded-2xl @4xl:border @4xl:border-line @4xl:bg-surface @4xl:shadow-card">
        <table role="table" className="block w-full text-left text-sm @4xl:table">
          <caption className="sr-only">{caption}</caption>
          <thead role="rowgroup" className="sr-only @4xl:not-sr-only @4xl:table-header-group">
            <tr role="row" className="@4xl:table-row">
              {columns.map((column) => (
                <th
                  key={column.key}
                  role="columnheader"
                  scope="col"
                  className={`px-4 py-3 font-medium text-ink-3 text-xs @4xl:table-cell ${column.align === 'end' ? 'text-right' : ''}`}
                >
                  <span className={column.headerLook === 'hidden' ? 'sr-only' : ''}>{column.header}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup" className="grid gap-3 @xl:grid-cols-2 @4xl:table-row-group">
            {rows.map((row) => (
              <TableRow key={rowKey(row)} row={row} columns={columns} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function TableRow<Row>({ row, columns }: { readonly row: Row; readonly columns: readonly Column<Row>[] }) {
  return (
    <tr
      role="row"
      className="relative grid content-start gap-2 rounded-2xl border border-line bg-surface px-4 py-4 shadow-card @4xl:table-row @4xl:rounded-none @4xl:bg-transparent @4xl:border-x-0 @4xl:border-b-0 @4xl:p-0 @4xl:shadow-none @4xl:hover:bg-sunken/50"
    >
      {columns.map((column, index) => (
        <TableCell key={column.key} row={row} column={column} first={index === 0} />
      ))}
    </tr>
  );
}

function TableCell<Row>({ row, column, first }: { readonly row: Row; readonly column: Column<Row>; readonly first: boolean }) {
  const end = column.align === 'end' ? '@4xl:text-right' : '';
  if (first) {
    return (
      <th
        role="rowheader"
        scope="row"
        className={`block pb-1 font-medium @4xl:table-cell @4xl:border-line @4xl:border-t @4xl:px-4 @4xl:py-3.5 ${end}`}
      >
        {column.cell(row)}
      </th>
    );
  }
  return (
    <td
      role="cell"
      className={`flex items-center justify-between gap-4 text-right @4xl:text-left @4xl:static @4xl:table-cell ${column.headerLook === 'hidden' ? 'absolute top-2 right-2' : ''}  @4xl:border-line @4xl:border-t @4xl:px-4 @4xl:py-3.5 ${end}`}
    >
      <span aria-hidden="true" className={`text-ink-3 text-xs @4xl:hidden ${column.headerLook === 'hidden' ? 'hidden' : ''}`}>
        {column.header}
      </span>
      {column.cell(row)}
    </td>
  );
}

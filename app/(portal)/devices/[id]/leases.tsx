import { TextLink } from '@/components/actions/text-link';
import type { Column } from '@/components/tables/data-table';
import { DataTable } from '@/components/tables/data-table';
import { Instant } from '@/components/time/instant';

interface ShownLease {
  readonly activationId: string;
  readonly sequence: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly graceEndsAt: Date | null;
  readonly exchangeId: string;
  readonly productName: string;
}

const COLUMNS: readonly Column<ShownLease>[] = [
  { key: 'product', header: 'Product', cell: (row) => row.productName },
  { key: 'number', header: 'Number', cell: (row) => row.sequence },
  { key: 'from', header: 'From', cell: (row) => <Instant at={row.startsAt} precision="minute" /> },
  { key: 'until', header: 'Until', cell: (row) => <Instant at={row.endsAt} precision="minute" /> },
  {
    key: 'grace',
    header: 'With grace',
    cell: (row) => (row.graceEndsAt === null ? 'None' : <Instant at={row.graceEndsAt} precision="minute" />),
  },
  { key: 'file', header: 'File', cell: (row) => <TextLink href={`/files/${row.exchangeId}`}>The answer</TextLink> },
];

/** Lists every lease issued to a device, newest first. */
export function DeviceLeases({ leases }: { readonly leases: readonly ShownLease[] }) {
  return <DataTable caption="Leases" columns={COLUMNS} rows={leases} rowKey={(row) => `${row.activationId} ${row.sequence}`} />;
}

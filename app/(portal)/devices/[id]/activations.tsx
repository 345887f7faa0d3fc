import { KeyRound } from '@lucide/icons';
import { TextLink } from '@/components/actions/text-link';
import { EmptyState } from '@/components/feedback/empty-state';
import type { Column } from '@/components/tables/data-table';
import { DataTable } from '@/components/tables/data-table';
import { Instant } from '@/components/time/instant';
import { LeaseCell } from '@/components/time/lease-cell';
import type { Actor } from '@/lib/operations/actor';
import type { ActivationShown } from '@/lib/operations/seats/list-seats';
import { SeatActs } from '../../seats/seat-acts';
import { SeatState } from '../../seats/seat-state';

interface DeviceActivationsProps {
  readonly deviceId: string;
  readonly activations: readonly ActivationShown[];
  readonly now: Date;
  readonly actor: Actor;
}

/** The activations of one device, newest first. */
export function DeviceActivations({ activations, ...rest }: DeviceActivationsProps) {
  if (activations.length === 0) {
    return (
      <EmptyState icon={KeyRound} title="No seat">
        This device has none of the seats that you may see.
      </EmptyState>
    );
  }
  return <DataTable caption="Seats of this device" columns={columnsFor(rest)} rows={activations} rowKey={(row) => row.id} />;
}

function columnsFor({ deviceId, now, actor }: Omit<DeviceActivationsProps, 'activations'>): readonly Column<ActivationShown>[] {
  return [
    {
      key: 'product',
      header: 'Product',
      cell: (row) => <TextLink href={`/entitlements/${row.entitlementId}`}>{row.productName}</TextLink>,
    },
    {
      key: 'lease',
      header: 'Lease',
      cell: (row) => <LeaseCell lease={row} now={now} />,
    },
    { key: 'since', header: 'Activated', cell: (row) => <Instant at={row.activatedAt} /> },
    { key: 'state', header: 'State', cell: (row) => <SeatState activation={row} actor={actor} now={now} /> },
    {
      key: 'acts',
      header: 'What you can do',
      headerLook: 'hidden',
      align: 'end',
      cell: (row) => <SeatActs activation={row} actor={actor} now={now} place={{ device: deviceId }} />,
    },
  ];
}

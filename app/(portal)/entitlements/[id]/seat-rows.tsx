import { MonitorSmartphone } from '@lucide/icons';
import { ButtonLink } from '@/components/actions/button-link';
import { TextLink } from '@/components/actions/text-link';
import { EmptyState } from '@/components/feedback/empty-state';
import type { Column } from '@/components/tables/data-table';
import { DataTable } from '@/components/tables/data-table';
import { listAddress } from '@/components/tables/list-address';
import { Pager } from '@/components/tables/pager';
import { Instant } from '@/components/time/instant';
import { LeaseCell } from '@/components/time/lease-cell';
import type { Actor } from '@/lib/operations/actor';
import type { Page } from '@/lib/operations/cursor';
import type { ActivationShown } from '@/lib/operations/seats/list-seats';
import { SeatActs } from '../../seats/seat-acts';
import { SeatState } from '../../seats/seat-state';
import { SeatDownloads } from './seat-downloads';

interface SeatRowsProps {
  readonly entitlementId: string;
  /** Address of the page. */
  readonly here: string;
  readonly page: Page<ActivationShown>;
  readonly now: Date;
  readonly actor: Actor;
  /** Devices with a running lease, on all pages. */
  readonly active: number;
  readonly shown: { readonly after: string | null; readonly endedToo: boolean };
}

/** Lists the seats of an entitlement, one row for each device. */
export function SeatRows({ entitlementId, here, page, now, actor, active, shown }: SeatRowsProps) {
  const ended = shown.endedToo ? 'yes' : '';
  return (
    <>
      {page.rows.length === 0 ? null : <SeatDownloads entitlementId={entitlementId} here={here} active={active} ended={ended} />}
      {page.rows.length === 0 ? (
        <EmptyState
          icon={MonitorSmartphone}
          title="No device has a seat yet"
          action={
            <ButtonLink href="/exchange" kind="primary">
              Bring a request file
            </ButtonLink>
          }
        >
          Enter the activation code on the offline machine, let it write a request, and bring the file here.
        </EmptyState>
      ) : (
        <DataTable
          caption="Seats"
          columns={columnsFor({ entitlementId, now, actor })}
          rows={page.rows}
          rowKey={(row) => row.id}
        />
      )}
      <Pager
        label="seats"
        newerHref={shown.after === null ? undefined : listAddress(here, { ended })}
        olderHref={page.next === null ? undefined : listAddress(here, { ended, after: page.next })}
      />
      <p className="mt-5 text-sm">
        <TextLink href={listAddress(here, { ended: shown.endedToo ? '' : 'yes' })}>
          {shown.endedToo ? 'Show only devices that have a seat' : 'Show devices that gave up their seat as well'}
        </TextLink>
      </p>
    </>
  );
}

function columnsFor({
  entitlementId,
  now,
  actor,
}: Pick<SeatRowsProps, 'entitlementId' | 'now' | 'actor'>): readonly Column<ActivationShown>[] {
  return [
    {
      key: 'device',
      header: 'Device',
      cell: (row) => (
        <div>
          <TextLink href={`/devices/${row.deviceId}`}>{row.deviceName}</TextLink>
          <p className="mt-0.5 font-normal text-ink-3 text-xs">{row.activatedByName ?? row.platform}</p>
        </div>
      ),
    },
    {
      key: 'lease',
      header: 'Lease',
      cell: (row) => <LeaseCell lease={row} now={now} />,
    },
    {
      key: 'last',
      header: 'Last exchange',
      cell: (row) => (row.lastExchangeAt === null ? '–' : <Instant at={row.lastExchangeAt} precision="minute" />),
    },
    { key: 'state', header: 'State', cell: (row) => <SeatState activation={row} actor={actor} now={now} /> },
    {
      key: 'acts',
      header: 'What you can do',
      headerLook: 'hidden',
      align: 'end',
      cell: (row) => <SeatActs activation={row} actor={actor} now={now} place={{ entitlement: entitlementId }} />,
    },
  ];
}

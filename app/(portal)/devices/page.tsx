import { MonitorSmartphone } from '@lucide/icons';
import type { Metadata } from 'next';
import { DownloadLink } from '@/components/acts/download-link';
import { TextLink } from '@/components/acts/text-link';
import type { Column } from '@/components/data/data-table';
import { DataTable } from '@/components/data/data-table';
import { Pager } from '@/components/data/pager';
import { PageHeader } from '@/components/frame/page-header';
import { EmptyState } from '@/components/notes/empty-state';
import { Note } from '@/components/notes/note';
import { ActivationBadge } from '@/components/state/activation-badge';
import { Instant } from '@/components/time/instant';
import { activationStateAt } from '@/lib/licensing/activation';
import { explain } from '@/lib/licensing/rejection';
import type { DeviceListed } from '@/lib/operations/list-devices';
import { listDevices } from '@/lib/operations/list-devices';
import { perform } from '@/lib/operations/operation';
import { requestContext, requireSignedIn } from '@/lib/web/context';
import { resultForPage } from '@/lib/web/respond';
import { LeaseCell } from '../lease-cell';
import { listAddress, oneOf } from '../list-address';
import { SearchField } from '../search-field';

export const metadata: Metadata = { title: 'Devices' };

/** The machines that were seen in files, last seen first. */
export default async function DevicesPage({ searchParams }: PageProps<'/devices'>) {
  const { actor } = await requireSignedIn('/devices');
  const query = await searchParams;
  const search = oneOf(query.q);
  const after = oneOf(query.after) || null;
  const result = resultForPage(await perform(listDevices, { search, after }, await requestContext()), '/devices');
  if (!result.ok) return <Note tone="stopped">{explain(result.rejection).cause}</Note>;
  const { rows, next } = result.value;
  return (
    <>
      <PageHeader
        title="Devices"
        lead="The offline machines that brought a file here."
        actions={<DownloadLink href={listAddress('/devices/export', { q: search })} fileName="devices.csv" label="Export CSV" />}
      />
      <SearchField label="Name, host name, start of a fingerprint or activation id" value={search} />
      {rows.length === 0 ? (
        <EmptyState icon={MonitorSmartphone} title={search === '' ? 'No device yet' : `Nothing found for “${search}”`}>
          {search === ''
            ? 'A device appears here with its first answered request.'
            : 'Try a part of the device’s name, or the first characters of its fingerprint.'}
        </EmptyState>
      ) : (
        <DataTable caption="Devices" columns={columnsFor(actor.role === 'support')} rows={rows} rowKey={(row) => row.device.id} />
      )}
      <Pager
        label="devices"
        newerHref={after === null ? undefined : listAddress('/devices', { q: search })}
        olderHref={next === null ? undefined : listAddress('/devices', { q: search, after: next })}
      />
    </>
  );
}

function columnsFor(all: boolean): readonly Column<DeviceListed>[] {
  const customer: Column<DeviceListed> = { key: 'customer', header: 'Customer', cell: (row) => row.customerName };
  return [
    {
      key: 'name',
      header: 'Device',
      cell: ({ device }) => (
        <div>
          <TextLink href={`/devices/${device.id}`}>{device.name}</TextLink>
          <p className="mt-0.5 font-normal text-ink-3 text-xs">{device.hostname ?? device.platform}</p>
        </div>
      ),
    },
    ...(all ? [customer] : []),
    { key: 'product', header: 'Product', cell: ({ activation }) => activation?.productName ?? '–' },
    {
      key: 'lease',
      header: 'Lease',
      cell: ({ activation, now }) => (activation === null ? '–' : <LeaseCell lease={activation} now={now} />),
    },
    { key: 'seen', header: 'Last file', cell: ({ device }) => <Instant at={device.lastSeenAt} precision="minute" /> },
    {
      key: 'state',
      header: 'State',
      cell: ({ activation, now }) => (activation === null ? '–' : <ActivationBadge state={activationStateAt(activation, now)} />),
    },
  ];
}

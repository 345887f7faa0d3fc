import { MonitorSmartphone } from '@lucide/icons';
import type { Metadata } from 'next';
import { ButtonLink } from '@/components/actions/button-link';
import { DownloadLink } from '@/components/actions/download-link';
import { TextLink } from '@/components/actions/text-link';
import { ActivationBadge } from '@/components/badges/activation-badge';
import { EmptyState } from '@/components/feedback/empty-state';
import { Note } from '@/components/feedback/note';
import { SearchField } from '@/components/forms/search-field';
import { PageHeader } from '@/components/layout/page-header';
import type { Column } from '@/components/tables/data-table';
import { DataTable } from '@/components/tables/data-table';
import { listAddress, oneOf } from '@/components/tables/list-address';
import { Pager } from '@/components/tables/pager';
import { Tabs } from '@/components/tables/tabs';
import { Instant } from '@/components/time/instant';
import { LeaseCell } from '@/components/time/lease-cell';
import { describeDetails } from '@/lib/licensing/devices/device-details';
import { explain } from '@/lib/licensing/refusals/rejection';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import type { DeviceListed } from '@/lib/operations/devices/list-devices';
import { listDevices } from '@/lib/operations/devices/list-devices';
import { perform } from '@/lib/operations/operation';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';

export const metadata: Metadata = { title: 'Devices' };

/** Lists devices, last seen first; or those that came back after their seat was released. */
export default async function DevicesPage({ searchParams }: PageProps<'/devices'>) {
  const { actor } = await requireSignedIn('/devices');
  const query = await searchParams;
  const search = oneOf(query.q);
  const after = oneOf(query.after) || null;
  const cameBack = oneOf(query['came-back']) === 'yes';
  const input = { search, after, cameBack };
  const result = resultForPage(await perform(listDevices, input, await requestContext()), '/devices');
  if (!result.ok) return <Note tone="stopped">{explain(result.rejection).cause}</Note>;
  const { rows, next } = result.value;
  const shown = { q: search, 'came-back': cameBack ? 'yes' : '' };
  return (
    <>
      <PageHeader
        title="Devices"
        lead="The offline machines that brought a file here."
        actions={
          <>
            <DownloadLink href={listAddress('/devices/export', { q: search })} fileName="devices.csv" label="Export CSV" />
            <ButtonLink href="/claims" kind="secondary">
              Claims
            </ButtonLink>
          </>
        }
      />
      {actor.role === 'member' ? null : (
        <Tabs
          label="Devices"
          tabs={[
            { href: '/devices', label: 'All', current: !cameBack },
            { href: '/devices?came-back=yes', label: 'Came back', current: cameBack },
          ]}
        />
      )}
      {cameBack ? null : <SearchField label="Name, host name, start of a fingerprint or activation id" value={search} />}
      {rows.length === 0 ? (
        <NoDevices search={search} cameBack={cameBack} />
      ) : (
        <DataTable
          caption="Devices"
          columns={columnsFor({ all: actor.role === 'support', cameBack })}
          rows={rows}
          rowKey={(row) => row.device.id}
        />
      )}
      <Pager
        label="devices"
        newerHref={after === null ? undefined : listAddress('/devices', shown)}
        olderHref={next === null ? undefined : listAddress('/devices', { ...shown, after: next })}
      />
    </>
  );
}

function NoDevices({ search, cameBack }: { readonly search: string; readonly cameBack: boolean }) {
  if (cameBack) {
    return (
      <EmptyState icon={MonitorSmartphone} title="No device came back">
        When a file is brought of a device whose seat was released, the device appears here.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={MonitorSmartphone} title={search === '' ? 'No device yet' : `Nothing found for “${search}”`}>
      {search === ''
        ? 'A device appears here with its first answered request.'
        : 'Try a part of the device’s name, or the first characters of its fingerprint.'}
    </EmptyState>
  );
}

const LAST_FILE: Column<DeviceListed> = {
  key: 'seen',
  header: 'Last file',
  cell: ({ device }) => <Instant at={device.lastSeenAt} precision="minute" />,
};

const CAME_BACK: Column<DeviceListed> = {
  key: 'came-back',
  header: 'Came back',
  cell: ({ activation }) => (activation?.cameBackAt == null ? '–' : <Instant at={activation.cameBackAt} precision="minute" />),
};

function columnsFor({ all, cameBack }: { all: boolean; cameBack: boolean }): readonly Column<DeviceListed>[] {
  const customer: Column<DeviceListed> = { key: 'customer', header: 'Customer', cell: (row) => row.customerName };
  return [
    {
      key: 'name',
      header: 'Device',
      cell: ({ device }) => (
        <div>
          <TextLink href={`/devices/${device.id}`}>{device.name}</TextLink>
          <p className="mt-0.5 font-normal text-ink-3 text-xs">
            {[...describeDetails(device).map(({ value }) => value), device.hostname ?? device.platform].join(' · ')}
          </p>
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
    cameBack ? CAME_BACK : LAST_FILE,
    {
      key: 'state',
      header: 'State',
      cell: ({ activation, now }) => (activation === null ? '–' : <ActivationBadge state={activationStateAt(activation, now)} />),
    },
  ];
}

import { Card } from '@/components/layout/card';
import type { Column } from '@/components/tables/data-table';
import { DataTable } from '@/components/tables/data-table';
import { Facts } from '@/components/tables/facts';
import { Instant } from '@/components/time/instant';
import type { DeviceDetails } from '@/lib/licensing/devices/device-details';
import { describeDetails } from '@/lib/licensing/devices/device-details';

interface ShownDevice extends DeviceDetails {
  readonly id: string;
  readonly platform: string;
  readonly hostname: string | null;
  readonly appVersion: string | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** Shows the details recorded about a device, and those it reported itself. */
export function DeviceFacts({ device }: { readonly device: ShownDevice }) {
  return (
    <Card>
      <Facts
        facts={[
          ...describeDetails(device).map(({ label: term, value }) => ({ term, value })),
          { term: 'System', value: device.platform },
          ...(device.hostname === null ? [] : [{ term: 'Host name', value: device.hostname, mono: true }]),
          ...(device.appVersion === null ? [] : [{ term: 'Software version', value: device.appVersion }]),
          { term: 'First file', value: <Instant at={device.firstSeenAt} precision="minute" focusable /> },
          { term: 'Last request', value: <Instant at={device.lastSeenAt} precision="minute" focusable /> },
          { term: 'Device id', value: device.id, mono: true },
        ]}
      />
    </Card>
  );
}

interface ShownComponent {
  readonly name: string;
  readonly digest: string;
  readonly seenAt: Date;
  readonly goneAt: Date | null;
  /** Whether the device is recognised by it. */
  readonly counts: boolean;
}

const COLUMNS: readonly Column<ShownComponent>[] = [
  {
    key: 'name',
    header: 'Component',
    cell: (row) => (
      <>
        {row.name}
        {row.counts ? null : <p className="mt-0.5 font-normal text-ink-3 text-xs">Also reported; it does not count</p>}
      </>
    ),
  },
  {
    key: 'digest',
    header: 'Digest',
    cell: (row) => <code className="break-all font-mono text-xs">{row.digest.slice(0, 16)}…</code>,
  },
  { key: 'seen', header: 'Since', cell: (row) => <Instant at={row.seenAt} /> },
  { key: 'gone', header: 'Until', cell: (row) => (row.goneAt === null ? 'today' : <Instant at={row.goneAt} />) },
];

/** The components of a fingerprint, present and past. */
export function FingerprintTable({ components }: { readonly components: readonly ShownComponent[] }) {
  return <DataTable caption="Components" columns={COLUMNS} rows={components} rowKey={(row) => `${row.name} ${row.digest}`} />;
}

import { TextLink } from '@/components/actions/text-link';
import type { Column } from '@/components/tables/data-table';
import { Instant } from '@/components/time/instant';
import { LeaseCell } from '@/components/time/lease-cell';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { LeaseListed } from '@/lib/operations/leases/list-leases';
import { RefreshForm } from './refresh-form';

/** Defines the columns of the list of leases, with the customer when the list spans several. */
export function columnsFor({ all, within }: { readonly all: boolean; readonly within: string }): readonly Column<LeaseListed>[] {
  const customer: Column<LeaseListed> = { key: 'customer', header: 'Customer', cell: (row) => row.customerName };
  return [
    {
      key: 'device',
      header: 'Device',
      cell: (row) => (
        <div>
          <TextLink href={`/devices/${row.deviceId}`}>{row.deviceName}</TextLink>
          <p className="mt-0.5 font-normal text-ink-3 text-xs">{row.hostname ?? row.platform}</p>
        </div>
      ),
    },
    ...(all ? [customer] : []),
    {
      key: 'product',
      header: 'Product',
      cell: (row) => (
        <TextLink href={`/entitlements/${row.entitlementId}`}>
          {row.productName} {row.edition}
        </TextLink>
      ),
    },
    {
      key: 'lease',
      header: 'Lease until',
      cell: (row) => (
        <div>
          <LeaseCell lease={row} now={row.now} />
          {row.endsAtWithoutMail === null ? null : (
            <p className="mt-1 max-w-56 text-ink-3 text-xs">
              With the file that was mailed. Without it: <Instant at={row.endsAtWithoutMail} now={row.now} />
            </p>
          )}
        </div>
      ),
    },
    {
      key: 'grace',
      header: 'Grace until',
      cell: (row) => (row.graceEndsAt === null ? 'No grace' : <Instant at={row.graceEndsAt} now={row.now} layout="two-lines" />),
    },
    {
      key: 'refresh',
      header: 'Refresh',
      cell: (row) =>
        row.refusal === null ? (
          <RefreshForm activation={row} place={{ leases: within }} />
        ) : (
          <span className="max-w-56 text-ink-3 text-xs">No new file: {explain(withDates(row.refusal)).cause}</span>
        ),
    },
  ];
}

/** Formats instants among the facts as dates. */
function withDates({ code, facts }: NonNullable<LeaseListed['refusal']>) {
  const entries = Object.entries(facts).map(([name, value]) => [name, name.endsWith('At') ? String(value).slice(0, 10) : value]);
  return { code, facts: Object.fromEntries(entries) };
}

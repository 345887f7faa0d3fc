import { Funnel } from '@lucide/icons';
import { Button } from '@/components/actions/button';
import { buttonClass } from '@/components/actions/button-class';
import { TextLink } from '@/components/actions/text-link';
import { Field } from '@/components/forms/field';
import { SelectField } from '@/components/forms/select-field';
import { Icon } from '@/components/layout/icon';
import type { AuditKind } from '@/lib/licensing/audit/audit-action';
import { AUDIT_KINDS } from '@/lib/licensing/audit/audit-action';
import type { ActivityFilter } from './activity-filter';
import { activityAddress, isFiltered } from './activity-filter';

const KIND_WORDS: Readonly<Record<AuditKind, string>> = {
  files: 'Files handed in',
  seats: 'Seats taken and released',
  claims: 'Claims of lost devices',
  leases: 'Leases renewed and run out',
  entitlements: 'Entitlements and codes',
  devices: 'Devices',
  people: 'People',
  'sign-ins': 'Sign-ins',
  vendor: 'The vendor’s own',
};

interface FilterFormProps {
  readonly filter: ActivityFilter;
  /** Whether the reader sees what others did. */
  readonly seesOthers: boolean;
  /** Whether the reader sees several customers. */
  readonly seesAll: boolean;
}

/** Filters the list, by the query of the page. */
export function FilterForm({ filter, seesOthers, seesAll }: FilterFormProps) {
  const kinds = AUDIT_KINDS.filter((kind) => seesAll || kind !== 'vendor');
  const choices = [{ value: '', label: 'Everything' }, ...kinds.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))];
  return (
    <search className="mb-6 block">
      {/* The key resets the fields when a link changes the filter. */}
      <details key={activityAddress(filter)} open={isFiltered(filter)}>
        <summary className={`${buttonClass('secondary')} cursor-pointer list-none [&::-webkit-details-marker]:hidden`}>
          <Icon icon={Funnel} className="size-[1.2em]" />
          Filter
        </summary>
        <form action="/activity" className="mt-3 rounded-2xl border border-line bg-surface p-4 shadow-card sm:p-5">
          <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
            <SelectField id="kind" name="kind" label="What" value={filter.kind} choices={choices} />
            <Field id="about" name="about" label="Device or entitlement" defaultValue={filter.about} maxLength={200} />
            {seesOthers ? <Field id="who" name="who" label="Who did it" defaultValue={filter.who} maxLength={200} /> : null}
            {seesAll ? (
              <Field id="customer" name="customer" label="Customer" defaultValue={filter.customer} maxLength={200} />
            ) : null}
            <Field id="from" name="from" type="date" label="From" defaultValue={filter.from} />
            <Field id="to" name="to" type="date" label="To" hint="Days in UTC" defaultValue={filter.to} />
          </div>
          {(['person', 'device', 'entitlement'] as const).map((name) =>
            filter[name] === '' ? null : <input key={name} type="hidden" name={name} value={filter[name]} />,
          )}
          <div className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-3">
            <label className="flex min-h-11 items-center gap-2.5 text-sm">
              <input
                type="checkbox"
                name="refused"
                value="yes"
                defaultChecked={filter.refused !== ''}
                className="size-5 accent-accent"
              />
              Refused attempts only
            </label>
            <Button>Show</Button>
            {isFiltered(filter) ? <TextLink href="/activity">Show everything</TextLink> : null}
          </div>
        </form>
      </details>
    </search>
  );
}

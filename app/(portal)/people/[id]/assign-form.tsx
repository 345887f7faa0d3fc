import { SubmitButton } from '@/components/actions/submit-button';
import { SearchField } from '@/components/forms/search-field';
import { Card } from '@/components/layout/card';
import { Section } from '@/components/layout/section';
import type { Assignable } from '@/lib/operations/people/show-people';
import { assign } from '../actions';

interface AssignFormProps {
  readonly personId: string;
  readonly name: string;
  readonly entitlements: readonly Assignable[];
  readonly search: string;
}

/** Above this number of entitlements the form has a search. */
const FEW = 10;

/** Assigns entitlements to a person, by check boxes. */
export function AssignForm({ personId, name, entitlements, search }: AssignFormProps) {
  return (
    <Section id="assigned" title="Entitlements" lead={`What ${name} may use.`}>
      {search === '' && entitlements.length <= FEW ? null : <SearchField label="Product, edition or order" value={search} />}
      <Card>
        {entitlements.length === 0 ? (
          <p className="text-ink-2 text-sm">
            {search === '' ? 'There is no entitlement yet.' : `Nothing found for “${search}”.`}
          </p>
        ) : (
          <form action={assign} className="grid gap-5">
            <input type="hidden" name="person" value={personId} />
            <fieldset className="grid gap-1">
              <legend className="sr-only">Entitlements of {name}</legend>
              {entitlements.map((entitlement) => (
                <AssignBox key={entitlement.id} entitlement={entitlement} />
              ))}
            </fieldset>
            <div>
              <SubmitButton busyText="Saving…">Save what is assigned</SubmitButton>
            </div>
          </form>
        )}
      </Card>
    </Section>
  );
}

function AssignBox({
  entitlement: { id, productName, edition, orderReference, assigned },
}: {
  readonly entitlement: Assignable;
}) {
  return (
    <label className="flex min-h-11 items-center gap-3 text-sm">
      {assigned ? <input type="hidden" name="shown" value={id} /> : null}
      <input type="checkbox" name="entitlement" value={id} defaultChecked={assigned} className="size-4 shrink-0 accent-accent" />
      <span>
        {productName} {edition}
        {orderReference === '' ? null : <span className="ml-2 font-mono text-ink-3 text-xs">{orderReference}</span>}
      </span>
    </label>
  );
}

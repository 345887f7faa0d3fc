import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ButtonLink } from '@/components/actions/button-link';
import { SubmitButton } from '@/components/actions/submit-button';
import { Note } from '@/components/feedback/note';
import { Field } from '@/components/forms/field';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { titleOfEntitlement } from '@/components/seats/count-seats';
import { showEntitlement } from '@/lib/operations/entitlements/show-entitlement';
import { perform } from '@/lib/operations/operation';
import { mayPerform } from '@/lib/operations/permission';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { RefusedNote } from '../../../seats/refused-note';
import { setDisabled } from '../../actions';

export const metadata: Metadata = { title: 'Disable an entitlement' };

/** Asks for a reason before an entitlement is disabled or enabled, and explains the effect. */
export default async function DisablePage({ params, searchParams }: PageProps<'/entitlements/[id]/disable'>) {
  const { id } = await params;
  const here = `/entitlements/${encodeURIComponent(id)}/disable`;
  const { actor } = await requireSignedIn(here);
  const result = resultForPage(await perform(showEntitlement, { entitlementId: id }, await requestContext()), here);
  // Hides the page without the permission; the operation checks it as well.
  if (!result.ok || !mayPerform(actor.role, 'entitlement:disable')) notFound();
  const { entitlement } = result.value;
  const title = titleOfEntitlement(entitlement);
  const disabled = entitlement.disabledAt !== null;
  return (
    <>
      <PageHeader
        back={{ href: `/entitlements/${id}`, label: title }}
        title={`${disabled ? 'Enable' : 'Disable'} ${title}`}
        lead={entitlement.customerName}
      />
      <RefusedNote query={await searchParams} />
      <Card>
        <div className="mb-6">
          <Note tone={disabled ? 'info' : 'soon'}>
            {disabled
              ? 'Files of its devices are answered again. Seats and leases are as they were left.'
              : 'No file is answered on it any more, for nobody. Devices with a lease run until it ends, and keep their seats.'}
          </Note>
        </div>
        <form action={setDisabled} className="grid gap-6">
          <input type="hidden" name="entitlement" value={id} />
          <input type="hidden" name="becomes" value={disabled ? 'enabled' : 'disabled'} />
          <Field id="reason" label="Why?" name="reason" required maxLength={200} hint="Stands in the customer’s history." />
          <div className="flex flex-wrap gap-3">
            <SubmitButton kind={disabled ? 'primary' : 'danger'} busyText={disabled ? 'Enabling…' : 'Disabling…'}>
              {disabled ? 'Enable' : 'Disable'} entitlement
            </SubmitButton>
            <ButtonLink href={`/entitlements/${id}`} kind="quiet">
              Leave it as it is
            </ButtonLink>
          </div>
        </form>
      </Card>
    </>
  );
}

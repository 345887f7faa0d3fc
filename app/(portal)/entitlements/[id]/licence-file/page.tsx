import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ButtonLink } from '@/components/actions/button-link';
import { SubmitButton } from '@/components/actions/submit-button';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { titleOfEntitlement } from '@/components/seats/count-seats';
import { showLicence } from '@/lib/operations/keygen/show-licence';
import { perform } from '@/lib/operations/operation';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { makeLicenceFile } from '../../../keygen/actions';
import { FileOptions } from '../../../keygen/file-options';
import { RefusedNote } from '../../../seats/refused-note';

export const metadata: Metadata = { title: 'Licence file' };

const LEAD = 'It tells the software what you may use, on any machine, and takes no seat. Only the licence key opens it.';

/** Makes a licence file for software built for Keygen: with the defaults, or with options. */
export default async function LicenceFilePage({ params, searchParams }: PageProps<'/entitlements/[id]/licence-file'>) {
  const { id } = await params;
  const here = `/entitlements/${encodeURIComponent(id)}/licence-file`;
  await requireSignedIn(here);
  const result = resultForPage(await perform(showLicence, { entitlementId: id }, await requestContext()), here);
  if (!result.ok || result.value.key === null) notFound();
  const { entitlement, policy, licenceIncludes } = result.value;
  const title = titleOfEntitlement(entitlement);
  return (
    <>
      <PageHeader back={{ href: `/entitlements/${id}?tab=codes`, label: title }} title={`Licence file of ${title}`} lead={LEAD} />
      <RefusedNote query={await searchParams} />
      <Card>
        <form action={makeLicenceFile} className="grid gap-6">
          <input type="hidden" name="entitlement" value={id} />
          <FileOptions usual={{ ...policy, include: policy.licenceIncludes }} includes={licenceIncludes} always={[]} />
          <div className="flex flex-wrap gap-3">
            <SubmitButton busyText="Writing…">Make the licence file</SubmitButton>
            <ButtonLink href={`/entitlements/${id}?tab=codes`} kind="quiet">
              Not now
            </ButtonLink>
          </div>
        </form>
      </Card>
    </>
  );
}

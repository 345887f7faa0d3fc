import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ButtonLink } from '@/components/actions/button-link';
import { SubmitButton } from '@/components/actions/submit-button';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { perform } from '@/lib/operations/operation';
import { showPerson } from '@/lib/operations/people/show-people';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { resetFactor } from '../../actions';
import { PeopleRefusal } from '../../people-refusal';

export const metadata: Metadata = { title: 'Reset a second factor' };

/** Asks for confirmation before a person's second factor is reset, and explains the effect. */
export default async function ResetPage({ params, searchParams }: PageProps<'/people/[id]/reset-second-factor'>) {
  const { id } = await params;
  const here = `/people/${encodeURIComponent(id)}/reset-second-factor`;
  await requireSignedIn(here);
  const result = resultForPage(await perform(showPerson, { personId: id }, await requestContext()), here);
  if (!result.ok) notFound();
  const { name, email } = result.value.person;
  return (
    <>
      <PageHeader back={{ href: `/people/${id}`, label: name }} title={`Reset the second factor of ${name}`} lead={email} />
      <PeopleRefusal query={await searchParams} />
      <Card>
        <div className="mb-6">
          <Note tone="soon">
            Do this only when you know that {name} asks for it, best by talking to them. They are signed out everywhere and get a
            mail. Until they set it up again, the code from their mail is enough to sign in.
          </Note>
        </div>
        <form action={resetFactor} className="flex flex-wrap gap-3">
          <input type="hidden" name="person" value={id} />
          <SubmitButton kind="danger" busyText="Resetting…">
            Reset second factor
          </SubmitButton>
          <ButtonLink href={`/people/${id}`} kind="quiet">
            Keep
          </ButtonLink>
        </form>
      </Card>
    </>
  );
}

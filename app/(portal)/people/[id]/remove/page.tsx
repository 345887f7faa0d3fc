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
import { remove } from '../../actions';
import { PeopleRefusal } from '../../people-refusal';

export const metadata: Metadata = { title: 'Remove a person' };

/** Asks for confirmation before a person is removed, and explains the effect. */
export default async function RemovePage({ params, searchParams }: PageProps<'/people/[id]/remove'>) {
  const { id } = await params;
  const here = `/people/${encodeURIComponent(id)}/remove`;
  const { actor } = await requireSignedIn(here);
  const result = resultForPage(await perform(showPerson, { personId: id }, await requestContext()), here);
  if (!result.ok) notFound();
  const { person } = result.value;
  const who = actor.userId === id ? 'You are' : `${person.name} is`;
  const assigned = person.assigned === 1 ? 'One entitlement is' : `${person.assigned} entitlements are`;
  return (
    <>
      <PageHeader back={{ href: `/people/${id}`, label: person.name }} title={`Remove ${person.name}`} lead={person.email} />
      <PeopleRefusal query={await searchParams} />
      <Card>
        <div className="mb-6">
          <Note tone="soon">
            {who} signed out everywhere at once and can no longer sign in.{' '}
            {person.assigned === 0 ? null : `${assigned} no longer assigned. `}
            Devices keep their seats, and what was done before stays in the history. The same address can be invited again.
          </Note>
        </div>
        <form action={remove} className="flex flex-wrap gap-3">
          <input type="hidden" name="person" value={id} />
          <SubmitButton kind="danger" busyText="Removing…">
            Remove {person.name}
          </SubmitButton>
          <ButtonLink href={`/people/${id}`} kind="quiet">
            Keep
          </ButtonLink>
        </form>
      </Card>
    </>
  );
}

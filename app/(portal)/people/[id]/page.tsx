import { Eye } from '@lucide/icons';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Button } from '@/components/actions/button';
import { ButtonLink } from '@/components/actions/button-link';
import { SubmitButton } from '@/components/actions/submit-button';
import { TextLink } from '@/components/actions/text-link';
import { PersonBadge } from '@/components/badges/person-badge';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { Facts } from '@/components/tables/facts';
import { oneOf } from '@/components/tables/list-address';
import type { Role } from '@/lib/operations/actor';
import { perform } from '@/lib/operations/operation';
import { personStateOf } from '@/lib/operations/people/person-state';
import type { PersonListed } from '@/lib/operations/people/show-people';
import { showPerson } from '@/lib/operations/people/show-people';
import { mayPerform } from '@/lib/operations/permission';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { resend, sendReminder, updateRole } from '../actions';
import { PeopleRefusal } from '../people-refusal';
import { RoleField } from '../role-field';
import { AssignForm } from './assign-form';
import { factsOf } from './person-facts';

export const metadata: Metadata = { title: 'Person' };

const DONE: Readonly<Record<string, string>> = {
  role: 'The role was changed. It takes effect at once.',
  assigned: 'What is assigned was saved.',
  reset: 'The second factor was reset, and they were signed out everywhere.',
  removed: 'Removed, and signed out everywhere.',
  reminded: 'The reminder is on its way, with its refresh files.',
};

/** Shows a person: state of the invitation, role, and assigned entitlements. */
export default async function PersonPage({ params, searchParams }: PageProps<'/people/[id]'>) {
  const { id } = await params;
  const here = `/people/${encodeURIComponent(id)}`;
  const { actor } = await requireSignedIn(here);
  const query = await searchParams;
  const search = oneOf(query.q);
  const result = resultForPage(await perform(showPerson, { personId: id, search }, await requestContext()), here);
  if (!result.ok) notFound();
  const { person, entitlements, others } = result.value;
  const state = personStateOf(person);
  const isGone = person.removedAt !== null;
  return (
    <>
      <PageHeader
        back={{ href: '/people', label: 'People' }}
        title={person.name}
        lead={actor.role === 'support' ? `${person.email}, ${person.customerName}` : person.email}
        state={<PersonBadge state={state} />}
        {...(isGone ? {} : { actions: <PersonActs id={id} role={actor.role} /> })}
      />
      <PeopleRefusal query={query} />
      <DoneNote done={oneOf(query.done)} person={person} />
      <OthersNote others={others} />
      <PersonCard person={person} isSelf={actor.userId === id} />
      {isGone ? (
        <GoneNote person={person} />
      ) : (
        <>
          <AssignForm personId={id} name={person.name} entitlements={entitlements} search={search} />
          {actor.userId === id ? null : <RoleSection person={person} />}
        </>
      )}
    </>
  );
}

function PersonCard({ person, isSelf }: { readonly person: PersonListed; readonly isSelf: boolean }) {
  const { id, secondFactorAt, removedAt, invitedAt } = person;
  const isActive = personStateOf(person) === 'active';
  return (
    <Card>
      <Facts facts={factsOf(person)} />
      <p className="mt-4 text-sm">
        <TextLink href={`/activity?person=${id}`}>Everything they did</TextLink>
      </p>
      {secondFactorAt === null || removedAt !== null || isSelf ? null : <ResetLink id={id} />}
      {isActive ? <RemindForm id={id} /> : null}
      {isActive || removedAt !== null ? null : <ResendForm id={id} again={invitedAt !== null} />}
    </Card>
  );
}

/** For support: one address can be known at several customers, and be active at one. */
function OthersNote({ others }: { readonly others: readonly PersonListed[] }) {
  if (others.length === 0) return null;
  return (
    <div className="mb-6">
      <Note tone="soon">
        <p>The same address is also known elsewhere:</p>
        <ul className="mt-1 grid gap-1">
          {others.map((other) => (
            <li key={other.id} className="flex flex-wrap items-center gap-x-3">
              <TextLink href={`/people/${other.id}`}>{other.customerName}</TextLink>
              <PersonBadge state={personStateOf(other)} />
            </li>
          ))}
        </ul>
      </Note>
    </div>
  );
}

function GoneNote({ person }: { readonly person: PersonListed }) {
  const ranOut = personStateOf(person) === 'ran-out';
  return (
    <div className="mt-6">
      <Note tone="info">
        {ranOut ? 'Nobody signed in before the invitation ran out. ' : null}
        To let {person.name} {ranOut ? 'in after all' : 'back in'}, invite the same address again on the page before.
      </Note>
    </div>
  );
}

function PersonActs({ id, role }: { readonly id: string; readonly role: Role }) {
  return (
    <>
      {mayPerform(role, 'customer:view-as') ? (
        <form action="/view/start" method="post">
          <input type="hidden" name="person" value={id} />
          <Button kind="secondary" icon={Eye}>
            See what they see
          </Button>
        </form>
      ) : null}
      <ButtonLink href={`/people/${id}/remove`}>Remove…</ButtonLink>
    </>
  );
}

function ResetLink({ id }: { readonly id: string }) {
  return (
    <div className="mt-5">
      <ButtonLink href={`/people/${id}/reset-second-factor`}>Reset second factor…</ButtonLink>
    </div>
  );
}

function DoneNote({ done, person }: { readonly done: string; readonly person: PersonListed }) {
  const invited = done === 'invited' && person.mail === 'accepted' ? 'The invitation is on its way.' : undefined;
  const words = invited ?? (Object.hasOwn(DONE, done) ? DONE[done] : undefined);
  if (done === 'not-reminded') return <NotReminded />;
  if (words === undefined) return null;
  return (
    <div className="mb-6">
      <Note tone="fine">{words}</Note>
    </div>
  );
}

function NotReminded() {
  return (
    <div className="mb-6">
      <Note tone="soon">
        The mail server did not take the reminder. It may be tried again, and Activity says what the server answered.
      </Note>
    </div>
  );
}

/** People without an active account get no reminders. */
function RemindForm({ id }: { readonly id: string }) {
  return (
    <form action={sendReminder} className="mt-5">
      <input type="hidden" name="person" value={id} />
      <SubmitButton kind="secondary" busyText="Sending…">
        Send lease reminder again
      </SubmitButton>
    </form>
  );
}

function ResendForm({ id, again }: { readonly id: string; readonly again: boolean }) {
  return (
    <form action={resend} className="mt-5">
      <input type="hidden" name="person" value={id} />
      <SubmitButton kind="secondary" busyText="Sending…">
        {again ? 'Send invitation again' : 'Send invitation'}
      </SubmitButton>
    </form>
  );
}

function RoleSection({ person }: { readonly person: PersonListed }) {
  return (
    <Section id="role" title="Role">
      <Card>
        <form action={updateRole} className="grid gap-5">
          <input type="hidden" name="person" value={person.id} />
          <RoleField value={person.role} legend="hidden" />
          <div>
            <SubmitButton kind="secondary" busyText="Changing…">
              Change role
            </SubmitButton>
          </div>
        </form>
      </Card>
    </Section>
  );
}

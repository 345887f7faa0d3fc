import type { Fact } from '@/components/tables/facts';
import { Instant } from '@/components/time/instant';
import { invitationEndsAt, personStateOf } from '@/lib/operations/people/person-state';
import type { PersonListed } from '@/lib/operations/people/show-people';
import { ROLES } from '../role-words';

const MAIL_WORDS = {
  accepted: 'Accepted by the mail server',
  refused: 'Refused by the mail server',
  failed: 'Not sent',
} as const;

/** Lists the facts of a person: role, invitation and sign-ins. */
export function factsOf(person: PersonListed): readonly Fact[] {
  const facts: (Fact | null)[] = [
    { term: 'Role', value: ROLES[person.role].word },
    { term: 'Invited', value: person.invitedAt === null ? 'No, the vendor made the account' : instantOf(person.invitedAt) },
    invitationFact(person),
    person.invitedAt === null ? null : { term: 'Mail', value: <MailFact person={person} /> },
    { term: 'First sign-in', value: person.firstSignInAt === null ? 'Not yet' : instantOf(person.firstSignInAt) },
    { term: 'Last sign-in', value: person.lastSignInAt === null ? 'Never' : instantOf(person.lastSignInAt) },
    { term: 'Second factor', value: person.secondFactorAt === null ? 'Off' : <>On since {instantOf(person.secondFactorAt)}</> },
    person.removedAt === null || personStateOf(person) === 'ran-out'
      ? null
      : { term: 'Removed', value: instantOf(person.removedAt) },
  ];
  return facts.filter((fact) => fact !== null);
}

function invitationFact(person: PersonListed): Fact | null {
  const endsAt = invitationEndsAt(person);
  if (endsAt === null) return null;
  return { term: personStateOf(person) === 'ran-out' ? 'Ran out' : 'Lasts until', value: instantOf(endsAt) };
}

function instantOf(at: Date) {
  return <Instant at={at} precision="minute" focusable />;
}

function MailFact({ person: { mail, mailAt, mailAnswer } }: { readonly person: PersonListed }) {
  if (mail === null) return 'Not sent yet';
  return (
    <>
      {MAIL_WORDS[mail]}
      {mailAt === null ? null : <>, {instantOf(mailAt)}</>}
      {mailAnswer === null ? null : <p className="mt-1 break-all font-mono text-ink-3 text-xs">{mailAnswer}</p>}
    </>
  );
}

import { RefusedNote } from '../seats/refused-note';

/** Texts for codes whose general text needs a name, which the query does not contain. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  'already-exists': 'Somebody with this address is among these people already.',
  'unknown-name': 'There is no such customer. Look for its short name, and mind upper and lower case.',
  'too-many-attempts': 'Many invitations were sent in a short time. Wait an hour, then try again.',
  'input-refused': 'Something in the form is missing or not of the right kind. Look at the address and the name.',
};

interface PeopleRefusalProps {
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
}

/** Explains why the last act was refused, from the code in the query. */
export function PeopleRefusal({ query }: PeopleRefusalProps) {
  return <RefusedNote query={query} words={OWN_WORDS} />;
}

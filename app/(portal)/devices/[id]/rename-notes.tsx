import { Note } from '@/components/feedback/note';
import { oneOf } from '@/components/tables/list-address';
import { LISTED_DETAILS } from '@/lib/licensing/devices/device-details';
import { RefusedNote } from '../../seats/refused-note';

const lines = LISTED_DETAILS.map(
  ([, { label, max, isRequired }]) => `${label}: one line of ${isRequired ? 1 : 0} to ${max} characters`,
);
const OWN_WORDS = { 'input-refused': `${lines.join('. ')}, without special signs.` } as const;

interface RenameNotesProps {
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly name: string;
}

/** Shows the result of the last change to the device, from the query. */
export function RenameNotes({ query, name }: RenameNotesProps) {
  if (oneOf(query.renamed) !== 'yes') return <RefusedNote query={query} words={OWN_WORDS} />;
  return (
    <div className="mb-6">
      <Note tone="fine">
        Saved. The device is called {name} now. If somebody else changed it at the same time, what came later stays.
      </Note>
    </div>
  );
}

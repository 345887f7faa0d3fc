import { Note } from '@/components/feedback/note';
import { oneOf } from '../../../../components/tables/list-address';
import { RefusedNote } from '../../seats/refused-note';

const OWN_WORDS = { 'input-refused': 'A name is one line of 1 to 100 characters, without special signs.' } as const;

interface RenameNotesProps {
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly name: string;
}

/** What became of the last act on the device, by the address. */
export function RenameNotes({ query, name }: RenameNotesProps) {
  if (oneOf(query.renamed) !== 'yes') return <RefusedNote query={query} words={OWN_WORDS} />;
  return (
    <div className="mb-6">
      <Note tone="fine">
        The device is called {name} now. If somebody else renamed it at the same time, the later name stays.
      </Note>
    </div>
  );
}

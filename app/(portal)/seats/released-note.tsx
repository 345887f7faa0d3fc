import { Note } from '@/components/feedback/note';
import { UndoForm } from './undo-form';

const WORDS: Readonly<Record<string, string>> = {
  free: 'The seat was released and is free.',
  held: 'The seat is being released. It comes free when the last lease of the device has run out.',
  asked: 'You asked for the release. Somebody else answers; until then the seat stays with its device.',
  undone: 'The release was undone. The files on the device count as before.',
};

interface ReleasedNoteProps {
  /** Result in the query; nothing is shown for unknown values. */
  readonly word: string;
  /** Id of the released seat in the query. */
  readonly seat?: string;
}

/** Shows the result of the last release, claim or undo, and offers to undo a release. */
export function ReleasedNote({ word, seat = '' }: ReleasedNoteProps) {
  const text = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (text === undefined) return null;
  const canBeUndone = (word === 'free' || word === 'held') && seat !== '';
  return (
    <div className="mb-6">
      <Note tone={word === 'asked' || word === 'held' ? 'info' : 'fine'}>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p>{text}</p>
          {canBeUndone ? <UndoForm activationId={seat} /> : null}
        </div>
      </Note>
    </div>
  );
}

import { Note } from '@/components/feedback/note';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';

interface PrivateNoteProps {
  readonly rejection: Rejection;
  /** The person whose view support uses. */
  readonly name: string;
}

/** Replaces private data of a person while support uses their view, or after that view has expired. */
export function PrivateNote({ rejection, name }: PrivateNoteProps) {
  if (rejection.code === 'view-only') {
    return (
      <Note tone="info">
        You are looking as {name}. This is theirs alone, and shown to nobody else. Leave their view to see your own.
      </Note>
    );
  }
  const { cause, fix } = explain(rejection);
  return (
    <Note tone={rejection.code === 'view-ended' ? 'info' : 'stopped'}>
      {cause} {fix}
    </Note>
  );
}

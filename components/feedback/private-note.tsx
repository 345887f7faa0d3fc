import { Note } from '@/components/feedback/note';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';

interface PrivateNoteProps {
  readonly rejection: Rejection;
  /** Whom support looks as. */
  readonly name: string;
}

/** In the place of what belongs to a person alone: for who only looks as them, and for whoever has not come back from that. */
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

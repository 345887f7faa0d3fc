import { Note } from '@/components/feedback/note';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';

interface TheirsAloneProps {
  readonly rejection: Rejection;
  /** The name of the impersonated person. */
  readonly name: string;
}

/** Stands in the place of what belongs to a person alone during an impersonation, and until support has left one that ran out. */
export function TheirsAlone({ rejection, name }: TheirsAloneProps) {
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

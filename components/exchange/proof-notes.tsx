import type { DeactivationPreview } from '@/lib/operations/exchange/describe-preview';
import { Note } from '../feedback/note';
import { Described } from '../time/described';

/** Says of a proof that its seat comes free later, or was free already. Nothing when it comes free at once. */
export function ProofNotes({ freesSeat, seat }: Pick<DeactivationPreview, 'freesSeat' | 'seat'>) {
  if (seat.length > 0) {
    return (
      <Note tone="soon">
        <Described parts={seat} />
      </Note>
    );
  }
  if (freesSeat) return null;
  return (
    <Note tone="info">The lease of this device had run out, so its seat was free already. The file ends the activation.</Note>
  );
}

import { ButtonLink } from '@/components/acts/button-link';
import { SubmitButton } from '@/components/acts/submit-button';
import type { ActivationShown } from '@/lib/operations/activation-shown';
import type { Actor } from '@/lib/operations/actor';
import { seatChoicesOf } from '@/lib/operations/seat-choices';
import { refreshLease } from './entitlements/actions';
import { UndoForm } from './undo-form';

interface SeatActsProps {
  readonly activation: ActivationShown;
  readonly actor: Actor;
  readonly now: Date;
  /** The page to come back to. */
  readonly place: { readonly entitlement: string } | { readonly device: string };
}

/** What can be done with a seat: a new lease, a release without proof, or undoing that. */
export function SeatActs({ activation, actor, now, place }: SeatActsProps) {
  const choices = seatChoicesOf(activation, { actor, now });
  const [[field, value] = ['', '']] = Object.entries(place);
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {choices.refresh ? (
        <form action={refreshLease}>
          <input type="hidden" name="activation" value={activation.id} />
          <input type="hidden" name={field} value={value} />
          <SubmitButton kind="secondary" size="small" busyText="Writing…">
            Refresh file<span className="sr-only"> for {activation.deviceName}</span>
          </SubmitButton>
        </form>
      ) : null}
      {choices.release === null ? null : (
        <ButtonLink href={`/seats/${activation.id}/release`} kind="quiet" size="small">
          {choices.release === 'ask' ? 'Ask for release…' : 'Release…'}
          <span className="sr-only"> the seat of {activation.deviceName}</span>
        </ButtonLink>
      )}
      {choices.undo ? <UndoForm activationId={activation.id} deviceName={activation.deviceName} /> : null}
    </div>
  );
}

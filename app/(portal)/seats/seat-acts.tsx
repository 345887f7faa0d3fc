import { ButtonLink } from '@/components/actions/button-link';
import { DIALECT_WORDS } from '@/lib/licensing/dialects/words';
import type { Actor } from '@/lib/operations/actor';
import type { ActivationShown } from '@/lib/operations/seats/list-seats';
import { seatChoicesOf } from '@/lib/operations/seats/seat-choices';
import type { RefreshFormProps } from '../leases/refresh-form';
import { RefreshForm } from '../leases/refresh-form';
import { UndoForm } from './undo-form';

interface SeatActsProps extends Pick<RefreshFormProps, 'place'> {
  readonly activation: ActivationShown;
  readonly actor: Actor;
  readonly now: Date;
}

/** Offers the acts on a seat: refresh, release without proof, and undo. */
export function SeatActs({ activation, actor, now, place }: SeatActsProps) {
  const choices = seatChoicesOf(activation, { actor, now });
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {choices.refresh ? <NewFile activation={activation} place={place} /> : null}
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

/** Offers a refresh, or a link to the page that makes a new file with options. */
function NewFile({ activation, place }: Pick<SeatActsProps, 'activation' | 'place'>) {
  const page = DIALECT_WORDS[activation.dialect].newFilePage;
  if (page === null) return <RefreshForm activation={activation} place={place} />;
  return (
    <ButtonLink href={`/seats/${activation.id}/${page.name}`} size="small">
      {page.label}
      <span className="sr-only"> for {activation.deviceName}</span>
    </ButtonLink>
  );
}

import type { ReactNode } from 'react';
import { Note } from '@/components/feedback/note';
import { describeSkew } from '@/components/time/describe-skew';
import { Described } from '@/components/time/described';
import { Instant } from '@/components/time/instant';
import type { ActivationPreview } from '@/lib/operations/exchange/describe-preview';

interface ActivationNotesProps {
  readonly preview: ActivationPreview;
}

/** What is worth knowing before a seat is used. Nothing at all when all is as usual. */
export function ActivationNotes(props: ActivationNotesProps) {
  return (
    <div className="grid gap-3 empty:hidden">
      <DeviceNotes {...props} />
      <SeatNotes {...props} />
      <TermNotes {...props} />
    </div>
  );
}

function DeviceNotes({ preview }: ActivationNotesProps): ReactNode {
  const { device, lookalike, seat } = preview;
  const skew = describeSkew(preview.clockSkewSeconds);
  const isApart = lookalike?.seat === 'held' || lookalike?.seat === 'kept';
  return (
    <>
      {skew === null ? null : (
        <Note tone="soon">
          The clock of the device is {skew}. The lease counts by our clock; set the device’s clock before you apply the answer.
        </Note>
      )}
      {lookalike === null && device !== null && device.drifted.length > 0 ? (
        <Note tone="info">
          This looks like your device “{device.name}” after a change ({device.drifted.join(', ')}).{' '}
          {device.goesOn ? 'It keeps its seat; no second one is used.' : 'It stays one device.'}
        </Note>
      ) : null}
      {seat.length === 0 ? null : (
        <Note tone={isApart ? 'soon' : 'info'}>
          <Described parts={seat} />
          {preview.mayBeAnother
            ? ' If this is another machine, say so below: then both have a seat, and the other one goes on as it is.'
            : null}
        </Note>
      )}
    </>
  );
}

function SeatNotes({ preview: { isRenewal, takesSeat, seats } }: ActivationNotesProps): ReactNode {
  return (
    <>
      {isRenewal && takesSeat ? (
        <Note tone="info">The lease of this device ran out. It takes its seat again while one is free.</Note>
      ) : null}
      {seats !== null && takesSeat && seats.heldThen > seats.bought ? (
        <Note tone="soon">
          This seat is above the {seats.bought === 1 ? 'one that was' : `${seats.bought} that were`} bought. The vendor allows it
          and may charge for it.
        </Note>
      ) : null}
    </>
  );
}

function TermNotes({ preview: { startsTerm, entitlement } }: ActivationNotesProps): ReactNode {
  const endedAt = entitlement?.isInGrace === true ? entitlement.termEndsAt : null;
  return (
    <>
      {startsTerm ? <Note tone="info">This is the first activation: the term starts now.</Note> : null}
      {endedAt === null ? null : (
        <Note tone="soon">
          The term ended on <Instant at={endedAt} />. Renew it with the vendor soon.
        </Note>
      )}
    </>
  );
}

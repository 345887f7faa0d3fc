import type { ReactNode } from 'react';
import { Note } from '@/components/feedback/note';
import { Described } from '@/components/time/described';
import { Instant } from '@/components/time/instant';
import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import type { Issue } from '@/lib/licensing/exchange/decision';
import type { EvaluatedActivation } from '@/lib/operations/exchange/evaluate-activation';
import { tellOlder } from '@/lib/operations/exchange/preview-file';
import { describeSkew } from '../../../../components/time/describe-skew';

interface ActivationNotesProps {
  readonly evaluated: EvaluatedActivation;
  readonly decision: Issue;
  readonly entitlement: NonNullable<EvaluatedActivation['entitlement']>;
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

function DeviceNotes({ evaluated, decision }: ActivationNotesProps): ReactNode {
  const { known, current, clockSkewSeconds } = evaluated;
  const skew = describeSkew(clockSkewSeconds);
  const older = tellOlder(evaluated);
  const isApart = decision.lookalike?.seat === 'held' || decision.lookalike?.seat === 'kept';
  return (
    <>
      {skew === null ? null : (
        <Note tone="soon">
          The clock of the device is {skew}. The lease counts by our clock; set the device’s clock before you apply the answer.
        </Note>
      )}
      {decision.lookalike === null && known?.visible === true && known.drifted.length > 0 ? (
        <Note tone="info">
          This looks like your device “{known.row.name}” after a change ({known.drifted.join(', ')}).{' '}
          {current === null ? 'It stays one device.' : 'It keeps its seat; no second one is used.'}
        </Note>
      ) : null}
      {older.length === 0 ? null : (
        <Note tone={isApart ? 'soon' : 'info'}>
          <Described parts={older} />
          {evaluated.mayBeAnother && evaluated.bundle === null
            ? ' If this is another machine, say so below: then both have a seat, and the other one goes on as it is.'
            : null}
        </Note>
      )}
    </>
  );
}

function SeatNotes({ decision, entitlement }: ActivationNotesProps): ReactNode {
  const over = entitlement.seatsHeld + (decision.takesSeat ? 1 : 0) - entitlement.seats;
  return (
    <>
      {decision.outcome === 'renew' && decision.takesSeat ? (
        <Note tone="info">The lease of this device ran out. It takes its seat again while one is free.</Note>
      ) : null}
      {over > 0 && decision.takesSeat ? (
        <Note tone="soon">
          This seat is above the {entitlement.seats === 1 ? 'one that was' : `${entitlement.seats} that were`} bought. The vendor
          allows it and may charge for it.
        </Note>
      ) : null}
    </>
  );
}

function TermNotes({ evaluated, decision, entitlement }: ActivationNotesProps): ReactNode {
  const { termEndsAt } = entitlement;
  const inGrace = entitlementStateAt(entitlement, evaluated.now) === 'grace';
  return (
    <>
      {decision.startsTerm ? <Note tone="info">This is the first activation: the term starts now.</Note> : null}
      {inGrace && termEndsAt !== null ? (
        <Note tone="soon">
          The term ended on <Instant at={termEndsAt} />. Renew it with the vendor soon.
        </Note>
      ) : null}
    </>
  );
}

import { AnswerForm } from '@/components/exchange/answer-form';
import { ProofNotes } from '@/components/exchange/proof-notes';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { seatCountOf, titleOfEntitlement } from '@/components/seats/count-seats';
import { SeatMeterLarge } from '@/components/seats/seat-meter-large';
import { Facts } from '@/components/tables/facts';
import { describeSkew } from '@/components/time/describe-skew';
import { Instant } from '@/components/time/instant';
import type { DeactivationPreview } from '@/lib/operations/exchange/describe-preview';
import { MayRunOn } from '../../seats/may-run-on';
import { commitPreviewed } from '../actions';

interface DeactivationPreviewedProps {
  readonly submissionId: string;
  readonly preview: DeactivationPreview;
}

/** What a deactivation proof would change: one seat comes free, at once or later. */
export function DeactivationPreviewed({ submissionId, preview }: DeactivationPreviewedProps) {
  const { deviceName, entitlement, seats, freesSeat, seat, said, issuedAt, now } = preview;
  if (entitlement === null || seats === null || said === null) return null;
  const skew = describeSkew(preview.clockSkewSeconds);
  return (
    <>
      <PageHeader
        back={{ href: '/exchange', label: 'Exchange' }}
        title={
          <>
            Give back the seat of {deviceName} on {titleOfEntitlement(entitlement)}
          </>
        }
        lead="The device has destroyed its licence and proves it with this file. Nothing has changed here yet."
      />
      <div className="grid gap-6">
        <ProofNotes freesSeat={freesSeat} seat={seat} />
        {skew === null ? null : (
          <Note tone="info">The clock of the device is {skew}. That does not matter for giving back a seat.</Note>
        )}
        <Card>
          <h2 className="sr-only">Seats, as they will be</h2>
          <SeatMeterLarge
            count={seatCountOf({ seats: seats.bought, seatsCap: entitlement.seatsCap, seatsHeld: seats.heldThen })}
            heldNow={seats.heldNow}
            {...(freesSeat ? { change: 'frees' as const } : {})}
          />
          <div className="mt-5 empty:hidden">
            <MayRunOn entitlement={{ seatsHeld: seats.heldThen, freed: entitlement.freedThen }} now={now} />
          </div>
        </Card>
        <AnswerForm
          action={commitPreviewed}
          submissionId={submissionId}
          label={freesSeat ? 'Free the seat' : 'End the activation'}
          busyText={freesSeat ? 'Freeing the seat…' : 'Ending the activation…'}
          back="/exchange"
        />
      </div>
      <Section id="proof" title="What the device says">
        <Card>
          <Facts
            facts={[
              { term: 'Device', value: deviceName },
              { term: 'Proof written', value: <Instant at={issuedAt} precision="minute" focusable /> },
              { term: 'Last lease applied', value: String(said.leaseSequence) },
              ...(said.reason === null ? [] : [{ term: 'Reason', value: said.reason }]),
              ...Object.entries(said.usage).map(([feature, count]) => ({ term: `Used: ${feature}`, value: String(count) })),
            ]}
          />
        </Card>
      </Section>
    </>
  );
}

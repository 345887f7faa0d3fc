import { ButtonLink } from '@/components/actions/button-link';
import { SubmitButton } from '@/components/actions/submit-button';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { SeatMeterLarge } from '@/components/seats/seat-meter-large';
import { Facts } from '@/components/tables/facts';
import { Described } from '@/components/time/described';
import { Instant } from '@/components/time/instant';
import type { DeactivationPreview } from '@/lib/operations/exchange/describe-preview';
import { seatCountOf, titleOfEntitlement } from '../../../../components/seats/count-seats';
import { describeSkew } from '../../../../components/time/describe-skew';
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
        {seat.length === 0 ? null : (
          <Note tone="soon">
            <Described parts={seat} />
          </Note>
        )}
        {freesSeat || seat.length > 0 ? null : (
          <Note tone="info">
            The lease of this device had run out, so its seat was free already. The file ends the activation.
          </Note>
        )}
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
        <form action={commitPreviewed} className="flex flex-wrap gap-3">
          <input type="hidden" name="submission" value={submissionId} />
          <SubmitButton size="large" busyText={freesSeat ? 'Freeing the seat…' : 'Ending the activation…'}>
            {freesSeat ? 'Free the seat' : 'End the activation'}
          </SubmitButton>
          <ButtonLink href="/exchange" kind="quiet">
            Not now
          </ButtonLink>
        </form>
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

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
import { describeHeldReturn } from '@/lib/licensing/seats/describe-seats';
import type { EvaluatedDeactivation } from '@/lib/operations/exchange/evaluate-deactivation';
import { seatCountOf, titleOfEntitlement } from '../../../../components/seats/count-seats';
import { describeSkew } from '../../../../components/time/describe-skew';
import { MayRunOn } from '../../seats/may-run-on';
import { commitPreviewed } from '../actions';

interface DeactivationPreviewProps {
  readonly submissionId: string;
  readonly evaluated: EvaluatedDeactivation;
}

/** What a deactivation proof would change: one seat comes free, at once or later. */
export function DeactivationPreview({ submissionId, evaluated }: DeactivationPreviewProps) {
  const { found, decision, request } = evaluated;
  if (found === null || decision.outcome !== 'return') return null;
  const { entitlement, device } = found;
  const skew = describeSkew(evaluated.clockSkewSeconds);
  const held = entitlement.seatsHeld - (decision.freesSeat ? 1 : 0);
  const told = describeHeldReturn(decision, evaluated.returns, evaluated.now);
  const usage = Object.entries(request.usage);
  return (
    <>
      <PageHeader
        back={{ href: '/exchange', label: 'Exchange' }}
        title={
          <>
            Give back the seat of {device.name} on {titleOfEntitlement(entitlement)}
          </>
        }
        lead="The device has destroyed its licence and proves it with this file. Nothing has changed here yet."
      />
      <div className="grid gap-6">
        {told.length === 0 ? null : (
          <Note tone="soon">
            <Described parts={told} />
          </Note>
        )}
        {decision.freesSeat || told.length > 0 ? null : (
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
            count={seatCountOf({ ...entitlement, seatsHeld: held })}
            heldNow={entitlement.seatsHeld}
            {...(decision.freesSeat ? { change: 'frees' as const } : {})}
          />
          <div className="mt-5 empty:hidden">
            <MayRunOn entitlement={{ ...entitlement, seatsHeld: held }} now={evaluated.now} />
          </div>
        </Card>
        <form action={commitPreviewed} className="flex flex-wrap gap-3">
          <input type="hidden" name="submission" value={submissionId} />
          <SubmitButton size="large" busyText={decision.freesSeat ? 'Freeing the seat…' : 'Ending the activation…'}>
            {decision.freesSeat ? 'Free the seat' : 'End the activation'}
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
              { term: 'Device', value: device.name },
              { term: 'Proof written', value: <Instant at={request.issuedAt} precision="minute" focusable /> },
              { term: 'Last lease applied', value: String(request.leaseSequence) },
              ...(request.reason === null ? [] : [{ term: 'Reason', value: request.reason }]),
              ...usage.map(([feature, count]) => ({ term: `Used: ${feature}`, value: String(count) })),
            ]}
          />
        </Card>
      </Section>
    </>
  );
}

import { AnotherMachine } from '@/components/actions/another-machine';
import { ButtonLink } from '@/components/actions/button-link';
import { SubmitButton } from '@/components/actions/submit-button';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import type { BundleLineShown } from '@/components/seats/bundle-lines';
import { BundleLines } from '@/components/seats/bundle-lines';
import { SeatMeterLarge } from '@/components/seats/seat-meter-large';
import { Facts } from '@/components/tables/facts';
import { Instant } from '@/components/time/instant';
import { TimeBar } from '@/components/time/time-bar';
import { codeShown } from '@/lib/operations/entitlements/code-shown';
import type { EvaluatedActivation } from '@/lib/operations/exchange/evaluate-activation';
import { namedBy } from '../../../../components/exchange/named-by';
import { seatCountOf, titleOfEntitlement } from '../../../../components/seats/count-seats';
import { MayRunOn } from '../../seats/may-run-on';
import { commitPreviewed } from '../actions';
import { ActivationNotes } from './activation-notes';

type EntitlementShown = NonNullable<EvaluatedActivation['entitlement']>;

interface ActivationPreviewProps {
  readonly submissionId: string;
  readonly evaluated: EvaluatedActivation;
}

/** What answering an activation request would change: one seat, one lease. */
export function ActivationPreview({ submissionId, evaluated }: ActivationPreviewProps) {
  const { request, decision, entitlement, known, now } = evaluated;
  if (entitlement === null || (decision.outcome !== 'grant' && decision.outcome !== 'renew')) return null;
  const name = known?.visible === true ? known.row.name : request.device.name;
  const { lease, term, takesSeat } = decision;
  const count = seatCountOf({ ...entitlement, seatsHeld: entitlement.seatsHeld + (takesSeat ? 1 : 0) });
  return (
    <>
      <PageHeader
        back={{ href: '/exchange', label: 'Exchange' }}
        title={
          <>
            {decision.outcome === 'grant' ? 'Activate' : 'Activate again'} {name} on {titleOfEntitlement(entitlement)}
          </>
        }
        lead="Nothing has changed yet. This is what will happen."
      />
      <div className="grid gap-6">
        <ActivationNotes evaluated={evaluated} decision={decision} entitlement={entitlement} />
        <div className="grid gap-6 lg:grid-cols-2">
          <Card>
            <h2 className="sr-only">Seats, as they will be</h2>
            <SeatMeterLarge count={count} change={takesSeat ? 'takes' : 'keeps'} heldNow={entitlement.seatsHeld} />
            <div className="mt-5 empty:hidden">
              <MayRunOn entitlement={thenOn(evaluated, { ...entitlement, seatsHeld: count.held })} now={now} />
            </div>
          </Card>
          <Card>
            <h2 className="sr-only">How long the device may run</h2>
            <TimeBar
              startsAt={lease.startsAt}
              now={now}
              leaseEndsAt={lease.endsAt}
              graceEndsAt={lease.graceEndsAt}
              termEndsAt={term.endsAt}
            />
          </Card>
        </div>
        <form action={commitPreviewed} className="flex flex-wrap gap-3">
          <input type="hidden" name="submission" value={submissionId} />
          <SubmitButton size="large" busyText={takesSeat ? 'Using a seat…' : 'Writing the answer…'}>
            {takesSeat ? 'Use a seat and get the answer' : 'Get the answer'}
          </SubmitButton>
          {evaluated.mayBeAnother && evaluated.bundle === null ? <AnotherMachine takesSeat={takesSeat} /> : null}
          <ButtonLink href="/exchange" kind="quiet">
            Not now
          </ButtonLink>
        </form>
      </div>
      {evaluated.bundle === null ? null : (
        <Section id="bundle" title="All that is activated" lead="The file asks for a bundle: all of it, or nothing.">
          <BundleLines lines={evaluated.bundle.flatMap(toLine)} />
        </Section>
      )}
      <Section id="device" title="The device">
        <DeviceFacts evaluated={evaluated} />
      </Section>
    </>
  );
}

/** Seats and what came free of them, once the file is answered. */
function thenOn({ older, decision, now }: EvaluatedActivation, entitlement: EntitlementShown) {
  const moves = 'lookalike' in decision && decision.lookalike?.seat === 'moves';
  const freed = moves && older !== null ? [...entitlement.freed, { at: now, runsOutAt: older.runsOutAt }] : entitlement.freed;
  return { ...entitlement, freed };
}

function toLine({ entitlement, decision }: EvaluatedActivation): BundleLineShown[] {
  if (entitlement === null || (decision.outcome !== 'grant' && decision.outcome !== 'renew')) return [];
  const { seats, seatsHeld } = entitlement;
  return [{ title: titleOfEntitlement(entitlement), seats, heldThen: seatsHeld + (decision.takesSeat ? 1 : 0) }];
}

function DeviceFacts({ evaluated }: { readonly evaluated: EvaluatedActivation }) {
  const { request, entitlement } = evaluated;
  const { device } = request;
  return (
    <Card>
      <Facts
        facts={[
          { term: 'Name', value: device.name },
          { term: 'System', value: device.platform },
          ...(device.hostname === null ? [] : [{ term: 'Host name', value: device.hostname, mono: true }]),
          ...(device.appVersion === null ? [] : [{ term: 'Software version', value: device.appVersion }]),
          ...(request.issuedAt === null
            ? []
            : [{ term: 'Request written', value: <Instant at={request.issuedAt} precision="minute" focusable /> }]),
          namedBy(codeShown(request)),
          ...(entitlement === null || entitlement.orderReference === ''
            ? []
            : [{ term: 'Order', value: entitlement.orderReference, mono: true }]),
        ]}
      />
    </Card>
  );
}

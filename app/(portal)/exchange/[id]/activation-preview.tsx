import { AnotherMachine } from '@/components/actions/another-machine';
import { AnswerForm } from '@/components/exchange/answer-form';
import { namedBy } from '@/components/exchange/named-by';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { BundleLines } from '@/components/seats/bundle-lines';
import { seatCountOf, titleOfEntitlement } from '@/components/seats/count-seats';
import { SeatMeterLarge } from '@/components/seats/seat-meter-large';
import { Facts } from '@/components/tables/facts';
import { Instant } from '@/components/time/instant';
import { TimeBar } from '@/components/time/time-bar';
import type { ActivationPreview } from '@/lib/operations/exchange/describe-preview';
import { MayRunOn } from '../../seats/may-run-on';
import { commitPreviewed } from '../actions';
import { ActivationNotes } from './activation-notes';

interface ActivationPreviewedProps {
  readonly submissionId: string;
  readonly preview: ActivationPreview;
}

/** What answering an activation request would change: one seat, one lease. */
export function ActivationPreviewed({ submissionId, preview }: ActivationPreviewedProps) {
  const { deviceName, entitlement, seats, lease, isRenewal, takesSeat, bundle, now } = preview;
  if (entitlement === null || seats === null || lease === null) return null;
  const { seatsCap, freedThen, termEndsAt } = entitlement;
  return (
    <>
      <PageHeader
        back={{ href: '/exchange', label: 'Exchange' }}
        title={
          <>
            {isRenewal ? 'Activate again' : 'Activate'} {deviceName} on {titleOfEntitlement(entitlement)}
          </>
        }
        lead="Nothing has changed yet. This is what will happen."
      />
      <div className="grid gap-6">
        <ActivationNotes preview={preview} />
        <div className="grid gap-6 lg:grid-cols-2">
          <Card>
            <h2 className="sr-only">Seats, as they will be</h2>
            <SeatMeterLarge
              count={seatCountOf({ seats: seats.bought, seatsCap, seatsHeld: seats.heldThen })}
              change={takesSeat ? 'takes' : 'keeps'}
              heldNow={seats.heldNow}
            />
            <div className="mt-5 empty:hidden">
              <MayRunOn entitlement={{ seatsHeld: seats.heldThen, freed: freedThen }} now={now} />
            </div>
          </Card>
          <Card>
            <h2 className="sr-only">How long the device may run</h2>
            <TimeBar
              startsAt={lease.startsAt}
              now={now}
              leaseEndsAt={lease.endsAt}
              graceEndsAt={lease.graceEndsAt}
              termEndsAt={termEndsAt}
            />
          </Card>
        </div>
        <AnswerForm
          action={commitPreviewed}
          submissionId={submissionId}
          label={takesSeat ? 'Use a seat and get the answer' : 'Get the answer'}
          busyText={takesSeat ? 'Using a seat…' : 'Writing the answer…'}
          back="/exchange"
          other={preview.mayBeAnother ? <AnotherMachine takesSeat={takesSeat} /> : null}
        />
      </div>
      {bundle === null ? null : (
        <Section id="bundle" title="All that is activated" lead="The file asks for a bundle: all of it, or nothing.">
          <BundleLines lines={bundle} />
        </Section>
      )}
      <Section id="device" title="The device">
        <DeviceFacts preview={preview} />
      </Section>
    </>
  );
}

function DeviceFacts({ preview }: { readonly preview: ActivationPreview }) {
  const { said, issuedAt, code, entitlement } = preview;
  if (said === null) return null;
  return (
    <Card>
      <Facts
        facts={[
          { term: 'Name', value: said.name },
          { term: 'System', value: said.platform },
          ...(said.hostname === null ? [] : [{ term: 'Host name', value: said.hostname, mono: true }]),
          ...(said.appVersion === null ? [] : [{ term: 'Software version', value: said.appVersion }]),
          ...(issuedAt === null
            ? []
            : [{ term: 'Request written', value: <Instant at={issuedAt} precision="minute" focusable /> }]),
          namedBy(code),
          ...(entitlement === null || entitlement.orderReference === ''
            ? []
            : [{ term: 'Order', value: entitlement.orderReference, mono: true }]),
        ]}
      />
    </Card>
  );
}

import { AnotherMachine } from '@/components/actions/another-machine';
import { AnswerForm } from '@/components/exchange/answer-form';
import { namedBy } from '@/components/exchange/named-by';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { BundleLines } from '@/components/seats/bundle-lines';
import { Facts } from '@/components/tables/facts';
import { describeSkew } from '@/components/time/describe-skew';
import { Described } from '@/components/time/described';
import { Instant } from '@/components/time/instant';
import { TimeBar } from '@/components/time/time-bar';
import type { GuestActivation } from '@/lib/operations/guest/guest-shown';
import { answerGuestFile } from '../actions';
import { GuestSeatCard } from './guest-seats';

interface GuestActivationPreviewProps {
  readonly submissionId: string;
  readonly file: GuestActivation;
}

/** What answering an activation request would change: one seat, one lease. */
export function GuestActivationPreview({ submissionId, file }: GuestActivationPreviewProps) {
  const { deviceName, productName, seats, takesSeat, isRenewal, lease, now } = file;
  return (
    <>
      <PageHeader
        back={{ href: '/guest', label: 'Another file' }}
        title={`${isRenewal ? 'Activate again' : 'Activate'} ${deviceName} on ${productName}`}
        lead="Nothing has changed yet. This is what will happen."
      />
      <div className="grid gap-6">
        <Notes file={file} />
        <div className="grid gap-6 md:grid-cols-2">
          <div>
            <h2 className="sr-only">Seats, as they will be</h2>
            <GuestSeatCard seats={seats} change={takesSeat ? 'takes' : 'keeps'} />
          </div>
          <Card>
            <h2 className="sr-only">How long the device may run</h2>
            <TimeBar startsAt={lease.startsAt} now={now} leaseEndsAt={lease.endsAt} graceEndsAt={lease.graceEndsAt} />
          </Card>
        </div>
        <AnswerForm
          action={answerGuestFile}
          submissionId={submissionId}
          label={takesSeat ? 'Use a seat and get the answer' : 'Get the answer'}
          busyText={takesSeat ? 'Using a seat…' : 'Writing the answer…'}
          back="/guest"
          other={file.mayBeAnother ? <AnotherMachine takesSeat={takesSeat} /> : null}
        />
      </div>
      {file.bundle === null ? null : (
        <Section id="bundle" title="All that is activated" lead="The file asks for a bundle: all of it, or nothing.">
          <BundleLines lines={file.bundle} />
        </Section>
      )}
      <Section id="file" title="What the file says">
        <Card>
          <Facts
            facts={[
              { term: 'Device', value: deviceName },
              namedBy(file.code),
              ...(file.issuedAt === null
                ? []
                : [{ term: 'Request written', value: <Instant at={file.issuedAt} precision="minute" focusable /> }]),
            ]}
          />
        </Card>
      </Section>
    </>
  );
}

function Notes({ file }: Pick<GuestActivationPreviewProps, 'file'>) {
  const skew = describeSkew(file.clockSkewSeconds);
  const isOver = file.takesSeat && file.seats.heldThen > file.seats.bought;
  return (
    <div className="grid gap-3 empty:hidden">
      {skew === null ? null : (
        <Note tone="soon">
          The clock of the device is {skew}. The lease counts by our clock; set the device’s clock before you apply the answer.
        </Note>
      )}
      {file.seat.length === 0 ? null : (
        <Note tone={file.takesSeat ? 'soon' : 'info'}>
          <Described parts={file.seat} />
          {file.mayBeAnother ? ' If this is another machine, say so below: then both have a seat.' : null}
        </Note>
      )}
      {isOver ? (
        <Note tone="soon">This seat is above the number that was bought. The vendor allows it and may charge for it.</Note>
      ) : null}
    </div>
  );
}

import { AnswerForm } from '@/components/exchange/answer-form';
import { ProofNotes } from '@/components/exchange/proof-notes';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { Facts } from '@/components/tables/facts';
import { Instant } from '@/components/time/instant';
import type { GuestDeactivation } from '@/lib/operations/guest/guest-shown';
import { answerGuestFile } from '../actions';
import { GuestSeatCard } from './guest-seats';

interface GuestDeactivationPreviewProps {
  readonly submissionId: string;
  readonly file: GuestDeactivation;
}

/** What a deactivation proof would change: one seat comes free, at once or later. */
export function GuestDeactivationPreview({ submissionId, file }: GuestDeactivationPreviewProps) {
  const { deviceName, productName, seats, freesSeat, seat, issuedAt } = file;
  return (
    <>
      <PageHeader
        back={{ href: '/guest', label: 'Another file' }}
        title={`Give back the seat of ${deviceName} on ${productName}`}
        lead="The device has destroyed its licence and proves it with this file. Nothing has changed here yet."
      />
      <div className="grid gap-6">
        <ProofNotes freesSeat={freesSeat} seat={seat} />
        <div>
          <h2 className="sr-only">Seats, as they will be</h2>
          {freesSeat ? <GuestSeatCard seats={seats} change="frees" /> : <GuestSeatCard seats={seats} />}
        </div>
        <AnswerForm
          action={answerGuestFile}
          submissionId={submissionId}
          label={freesSeat ? 'Free the seat' : 'End the activation'}
          busyText={freesSeat ? 'Freeing the seat…' : 'Ending the activation…'}
          back="/guest"
        />
      </div>
      <Section id="file" title="What the file says">
        <Card>
          <Facts
            facts={[
              { term: 'Device', value: deviceName },
              { term: 'Proof written', value: <Instant at={issuedAt} precision="minute" focusable /> },
            ]}
          />
        </Card>
      </Section>
    </>
  );
}

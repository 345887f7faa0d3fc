import { ButtonLink } from '@/components/actions/button-link';
import { CopyButton } from '@/components/actions/copy-button';
import { DownloadLink } from '@/components/actions/download-link';
import { FileObject } from '@/components/exchange/file-object';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { Steps } from '@/components/tables/steps';
import type { GuestAnswered } from '@/lib/operations/guest/guest-shown';
import { GuestSeatCard } from './guest-seats';

interface GuestAnswerFileProps {
  readonly submissionId: string;
  readonly file: GuestAnswered;
}

/** An answer to carry to the machine: download, copy, and what to do there. */
export function GuestAnswerFile({ submissionId, file }: GuestAnswerFileProps) {
  const { deviceName, productName, reply, leaseEndsAt, now, seats } = file;
  return (
    <>
      <PageHeader
        title={`The answer for ${deviceName} is ready`}
        lead="You can download it here again for a day, in this browser. After that, bring the same file: it gets the same answer."
      />
      <FileObject
        name={reply.name}
        bytes={new TextEncoder().encode(reply.text).byteLength}
        device={deviceName}
        goodUntil={leaseEndsAt}
        now={now}
        actions={
          <>
            <DownloadLink href={`/guest/${submissionId}/download`} fileName={reply.name} kind="primary" size="large" />
            <CopyButton text={reply.text} label="Copy the text of the file" />
          </>
        }
      />
      <div className="mt-12">
        <Steps
          id="steps"
          title="On the machine"
          steps={[
            'Copy the file to the machine, with a USB stick or as text.',
            'Open it in the software: “Apply answer”, or on its command line.',
            'The software is active until its lease ends.',
          ]}
        />
      </div>
      <Section id="seats" title={productName}>
        <GuestSeatCard seats={seats} />
        <div className="mt-6">
          <ButtonLink href="/guest">Bring another file</ButtonLink>
        </div>
      </Section>
    </>
  );
}

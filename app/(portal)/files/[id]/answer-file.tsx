import { ButtonLink } from '@/components/actions/button-link';
import { CopyButton } from '@/components/actions/copy-button';
import { DownloadLink } from '@/components/actions/download-link';
import { TextLink } from '@/components/actions/text-link';
import { FileObject } from '@/components/exchange/file-object';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { seatCountOf, titleOfEntitlement } from '@/components/seats/count-seats';
import { SeatMeterLarge } from '@/components/seats/seat-meter-large';
import { Steps } from '@/components/tables/steps';
import { DIALECT_WORDS } from '@/lib/licensing/dialects/words';
import type { ExchangeShown, ExchangeSubject } from '@/lib/operations/exchange/show-exchange';
import { MayRunOn } from '../../seats/may-run-on';
import { FileQr } from './file-qr';

interface AnswerFileProps {
  readonly exchange: ExchangeShown;
  readonly reply: { readonly name: string; readonly text: string };
  readonly found: ExchangeSubject;
  readonly now: Date;
}

/** Shows the answer to carry to the machine: download, copy, and the steps there. */
export function AnswerFile({ exchange, reply, found, now }: AnswerFileProps) {
  const { entitlement, activation, device } = found;
  const refresh = exchange.kind === 'refresh';
  const words = DIALECT_WORDS[activation.dialect];
  const newer = exchange.leaseSequence !== null && exchange.leaseSequence < activation.leaseSequence;
  return (
    <>
      <PageHeader
        back={{ href: '/exchange', label: 'Exchange' }}
        title={`The ${refresh ? words.refresh : words.answer} for ${device.name} is ready`}
        lead="You can download it again here any time."
      />
      <div className="grid gap-6">
        {newer ? (
          <Note tone="soon">
            There is a newer file for this device. Use that one:{' '}
            <TextLink href={`/devices/${device.id}`}>all files of the device</TextLink>.
          </Note>
        ) : null}
        <FileObject
          name={reply.name}
          bytes={new TextEncoder().encode(reply.text).byteLength}
          device={device.name}
          goodUntil={exchange.leaseEndsAt}
          now={now}
          actions={
            <>
              <DownloadLink href={`/files/${exchange.id}/download`} fileName={reply.name} kind="primary" size="large" />
              <CopyButton text={reply.text} label="Copy the text of the file" />
            </>
          }
        />
        {words.hasQr ? <FileQr text={reply.text} /> : null}
      </div>
      <div className="mt-12">
        <Steps
          id="steps"
          title="On the machine"
          steps={[
            'Copy the file to the machine, with a USB stick or as text.',
            words.applyIt,
            refresh
              ? 'The new lease counts from then on. The file before is no longer needed.'
              : `The software is active until ${words.activeUntil}.`,
          ]}
        />
      </div>
      <Section id="seats" title={titleOfEntitlement(entitlement)}>
        <Card>
          <SeatMeterLarge count={seatCountOf(entitlement)} />
          <div className="mt-5 empty:hidden">
            <MayRunOn entitlement={entitlement} now={now} />
          </div>
          <div className="mt-5 flex flex-wrap gap-3">
            <ButtonLink href={`/devices/${device.id}`}>Show the device</ButtonLink>
            <ButtonLink href={`/entitlements/${entitlement.id}`}>Show all seats</ButtonLink>
          </div>
        </Card>
      </Section>
    </>
  );
}

import { CopyButton } from '@/components/actions/copy-button';
import { DownloadLink } from '@/components/actions/download-link';
import { FileObject } from '@/components/exchange/file-object';
import { PageHeader } from '@/components/layout/page-header';
import { Steps } from '@/components/tables/steps';
import type { ExchangeShown } from '@/lib/operations/exchange/show-exchange';
import { FileQr } from './file-qr';

interface IssuedFileProps {
  readonly exchange: ExchangeShown;
  readonly reply: { readonly name: string; readonly text: string };
  readonly now: Date;
}

/** Shows a file without a lease: a licence file or an activation proof. */
export function IssuedFile({ exchange, reply, now }: IssuedFileProps) {
  const isProof = exchange.kind === 'activation-proof';
  const { productName, deviceName, entitlementId, deviceId, facts } = exchange;
  const expiresAt = new Date(String(facts.expiresAt ?? ''));
  const back =
    isProof && deviceId !== null
      ? { href: `/devices/${deviceId}`, label: deviceName ?? 'The device' }
      : { href: `/entitlements/${entitlementId}?tab=history`, label: productName ?? 'The entitlement' };
  return (
    <>
      <PageHeader
        back={back}
        title={isProof ? `The activation proof of ${deviceName ?? 'the device'} is ready` : 'The licence file is ready'}
        lead="You can download it again here any time."
      />
      <div className="grid gap-6">
        <FileObject
          name={reply.name}
          bytes={new TextEncoder().encode(reply.text).byteLength}
          device={isProof ? (deviceName ?? 'one machine') : 'any machine with the licence key'}
          goodUntil={Number.isNaN(expiresAt.getTime()) ? null : expiresAt}
          now={now}
          actions={
            <>
              <DownloadLink href={`/files/${exchange.id}/download`} fileName={reply.name} kind="primary" size="large" />
              <CopyButton text={reply.text} label="Copy the text of the file" />
            </>
          }
        />
        <FileQr text={reply.text} />
      </div>
      <div className="mt-12">
        <Steps
          id="steps"
          title="On the machine"
          steps={[
            'Copy the file to the machine, with a USB stick or as text.',
            isProof
              ? 'Give it to the software where it asks for an activation proof.'
              : 'Give it to the software where it asks for a licence file, together with the licence key.',
          ]}
        />
      </div>
    </>
  );
}

import { ButtonLink } from '@/components/actions/button-link';
import { KindQuestion } from '@/components/exchange/kind-question';
import { RefusalPanel } from '@/components/feedback/refusal-panel';
import { explain } from '@/lib/licensing/refusals/rejection';
import { findsNoSeat } from '@/lib/licensing/seats/no-seat';
import type { GuestRefused } from '@/lib/operations/guest/guest-shown';
import { readableFacts } from '@/lib/web/refusals/readable-facts';
import { sayGuestFileKind } from '../actions';

interface GuestRefusedFileProps {
  readonly submissionId: string;
  readonly file: GuestRefused;
  readonly vendor: { readonly name: string; readonly supportContact: string };
}

/** Why a guest's file cannot be answered and how to mend it. Names nobody but the vendor. */
export function GuestRefusedFile({ submissionId, file, vendor }: GuestRefusedFileProps) {
  const { rejection, reference, isKept } = file;
  const { cause, fix, who } = explain({ ...rejection, facts: readableFacts(rejection.facts) });
  const contact = vendor.supportContact;
  const reach = { label: contact, href: contact.includes('@') ? `mailto:${contact}` : contact };
  const isUnclear = rejection.code === 'file-kind-unclear';
  const isHelped = who === 'the-vendor' || who === 'your-admin';
  return (
    <RefusalPanel
      cause={cause}
      fix={fix}
      code={rejection.code}
      reference={reference}
      {...(isHelped ? { help: { sentence: `${vendor.name} can help.`, reach } } : {})}
      actions={
        <>
          <ButtonLink href="/guest" kind={isUnclear ? 'secondary' : 'primary'}>
            Choose another file
          </ButtonLink>
          {isKept && findsNoSeat(rejection) ? <ButtonLink href={`/guest/${submissionId}`}>Look again</ButtonLink> : null}
        </>
      }
    >
      {isUnclear ? <KindQuestion action={sayGuestFileKind} submissionId={submissionId} /> : undefined}
    </RefusalPanel>
  );
}

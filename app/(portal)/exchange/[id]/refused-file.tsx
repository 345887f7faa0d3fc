import { ButtonLink } from '@/components/acts/button-link';
import type { HelpContact } from '@/components/notes/refusal-panel';
import { RefusalPanel } from '@/components/notes/refusal-panel';
import type { SeatHolder } from '@/components/seats/holders-list';
import { HoldersList } from '@/components/seats/holders-list';
import type { Helper } from '@/lib/licensing/refusal';
import { explain } from '@/lib/licensing/rejection';
import type { Preview } from '@/lib/operations/preview-file';
import { readableFacts } from '@/lib/web/readable-facts';

interface RefusedFileProps {
  readonly preview: Preview;
  readonly vendor: { readonly name: string; readonly supportContact: string };
}

/** Why a file cannot be answered, how to mend it, and who can. */
export function RefusedFile({ preview, vendor }: RefusedFileProps) {
  const { submission, considered, rejection, holders, admins } = preview;
  if (rejection === null) return null;
  const { cause, fix, who } = explain({ ...rejection, facts: readableFacts(rejection.facts) });
  const help = helpFrom(who, { vendor, admins });
  const entitlement = considered?.kind === 'activation' ? considered.entitlement : null;
  const full = rejection.code === 'no-seat-free' && entitlement !== null;
  return (
    <RefusalPanel
      cause={cause}
      fix={fix}
      code={rejection.code}
      reference={submission.troubleCode ?? submission.id.slice(0, 8)}
      {...(help === null ? {} : { help })}
      actions={
        <>
          <ButtonLink href="/exchange" kind="primary">
            Choose another file
          </ButtonLink>
          {full ? <ButtonLink href={`/exchange/${submission.id}`}>Look again</ButtonLink> : null}
        </>
      }
    >
      {full ? (
        <>
          <h2 className="mb-3 font-semibold">Who has the seats</h2>
          <HoldersList
            holders={holders.map(toHolder)}
            now={considered?.now ?? submission.at}
            hidden={Math.max(0, entitlement.seatsHeld - holders.length)}
          />
        </>
      ) : undefined}
    </RefusalPanel>
  );
}

function toHolder(row: Preview['holders'][number]): SeatHolder {
  return {
    id: row.id,
    device: row.deviceName,
    href: `/devices/${row.deviceId}`,
    until: row.runsOutAt,
    ...(row.activatedBy === null ? {} : { person: row.activatedBy }),
  };
}

function helpFrom(
  who: Helper,
  { vendor, admins }: Pick<RefusedFileProps, 'vendor'> & Pick<Preview, 'admins'>,
): HelpContact | null {
  const [admin] = admins;
  switch (who) {
    case 'you':
    case 'the-device':
      return null;
    case 'your-admin':
      if (admin !== undefined) return { sentence: `${admin.name} looks after your licences.`, reach: mail(admin.email) };
      return { sentence: `${vendor.name} can help.`, reach: mail(vendor.supportContact) };
    case 'the-vendor':
      return { sentence: `${vendor.name} can help.`, reach: mail(vendor.supportContact) };
  }
}

function mail(address: string) {
  return { label: address, href: address.includes('@') ? `mailto:${address}` : address };
}

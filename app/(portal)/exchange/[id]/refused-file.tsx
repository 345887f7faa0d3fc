import { ButtonLink } from '@/components/actions/button-link';
import { TextLink } from '@/components/actions/text-link';
import { ActivationBadge } from '@/components/badges/activation-badge';
import { ClaimBadge } from '@/components/badges/claim-badge';
import { KindQuestion } from '@/components/exchange/kind-question';
import type { HelpContact } from '@/components/feedback/refusal-panel';
import { RefusalPanel } from '@/components/feedback/refusal-panel';
import type { SeatHolder } from '@/components/seats/holders-list';
import { HoldersList } from '@/components/seats/holders-list';
import type { Helper } from '@/lib/licensing/refusals/refusal';
import { explain } from '@/lib/licensing/refusals/rejection';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import { findsNoSeat } from '@/lib/licensing/seats/no-seat';
import type { Actor } from '@/lib/operations/actor';
import type { ClaimShown } from '@/lib/operations/claims/claim-shown';
import { claimShownTo } from '@/lib/operations/claims/claim-shown';
import type { PreviewedFile } from '@/lib/operations/exchange/preview-file';
import { mayPerform } from '@/lib/operations/permission';
import { seatChoicesOf } from '@/lib/operations/seats/seat-choices';
import { readableFacts } from '@/lib/web/refusals/readable-facts';
import { sayFileKind } from '../actions';

interface RefusedFileProps {
  readonly file: PreviewedFile;
  readonly vendor: { readonly name: string; readonly supportContact: string };
  readonly actor: Actor;
}

/** Why a file cannot be answered, how to mend it, and who can. */
export function RefusedFile({ file, vendor, actor }: RefusedFileProps) {
  const { submission, preview, rejection, admins } = file;
  if (rejection === null) return null;
  const { cause, fix, who } = explain({ ...rejection, facts: readableFacts(rejection.facts) });
  const help = helpFrom(who, { vendor, admins });
  const full = findsNoSeat(rejection) && preview !== null && preview.seats !== null;
  const isUnclear = rejection.code === 'file-kind-unclear';
  const holders = full ? <Holders file={file} actor={actor} /> : undefined;
  return (
    <RefusalPanel
      cause={cause}
      fix={fix}
      code={rejection.code}
      reference={submission.troubleCode ?? submission.id.slice(0, 8)}
      {...(help === null ? {} : { help })}
      actions={
        <>
          <ButtonLink href="/exchange" kind={isUnclear ? 'secondary' : 'primary'}>
            Choose another file
          </ButtonLink>
          {mayPerform(actor.role, 'file:inspect') ? <ButtonLink href={`/inspect/${submission.id}`}>Inspect</ButtonLink> : null}
          {full ? <ButtonLink href={`/exchange/${submission.id}`}>Look again</ButtonLink> : null}
        </>
      }
    >
      {isUnclear ? <KindQuestion action={sayFileKind} submissionId={submission.id} /> : holders}
    </RefusalPanel>
  );
}

function Holders({ file: { submission, holders, preview }, actor }: Pick<RefusedFileProps, 'file' | 'actor'>) {
  const now = preview?.now ?? submission.at;
  return (
    <>
      <h2 className="mb-3 font-semibold">Who has the seats</h2>
      <HoldersList
        holders={holders.map((row) => ({ ...toHolder(row), looksAlike: row.deviceId === preview?.device?.id }))}
        now={now}
        actionFor={({ id }) => (
          <HolderAct holder={holders.find((row) => row.id === id)} actor={actor} now={now} file={submission.id} />
        )}
        hidden={Math.max(0, (preview?.seats?.heldNow ?? 0) - holders.length)}
      />
    </>
  );
}

interface HolderActProps {
  readonly holder: PreviewedFile['holders'][number] | undefined;
  readonly actor: Actor;
  readonly now: Date;
  readonly file: string;
}

/** The release of one seat, for those who may; otherwise how it stands. Leads back to the file. */
function HolderAct({ holder, actor, now, file }: HolderActProps) {
  if (holder === undefined) return null;
  const claim = claimShownTo(actor, holder.claim);
  if (claim?.state === 'open') return <OpenClaim claim={claim} />;
  const { release } = seatChoicesOf(holder, { actor, now });
  if (release === null) return <ActivationBadge state={activationStateAt(holder, now)} />;
  return (
    <ButtonLink href={`/seats/${holder.id}/release?file=${file}`} kind="secondary" size="small">
      {release === 'ask' ? 'Ask for release…' : 'Release…'}
      <span className="sr-only"> the seat of {holder.deviceName}</span>
    </ButtonLink>
  );
}

function OpenClaim({ claim }: { readonly claim: ClaimShown }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-2 text-xs">
      <ClaimBadge state={claim.state} />
      {claim.mayOpen ? <TextLink href={`/claims/${claim.id}`}>Look at the claim</TextLink> : null}
    </span>
  );
}

function toHolder(row: PreviewedFile['holders'][number]): SeatHolder {
  return {
    id: row.id,
    device: row.deviceName,
    href: `/devices/${row.deviceId}`,
    until: row.runsOutAt,
    lastExchangeAt: row.lastExchangeAt,
    ...(row.activatedByName === null ? {} : { person: row.activatedByName }),
  };
}

function helpFrom(
  who: Helper,
  { vendor, admins }: Pick<RefusedFileProps, 'vendor'> & Pick<PreviewedFile, 'admins'>,
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

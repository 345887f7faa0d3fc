import type { Metadata } from 'next';
import { ButtonLink } from '@/components/actions/button-link';
import { EntitlementBadge } from '@/components/badges/entitlement-badge';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { seatCountOf, titleOfEntitlement } from '@/components/seats/count-seats';
import { SeatMeterLarge } from '@/components/seats/seat-meter-large';
import { listAddress, oneOf } from '@/components/tables/list-address';
import { Tabs } from '@/components/tables/tabs';
import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import { explain } from '@/lib/licensing/refusals/rejection';
import { showEntitlement } from '@/lib/operations/entitlements/show-entitlement';
import { perform } from '@/lib/operations/operation';
import { mayPerform } from '@/lib/operations/permission';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { codesOfDialects } from '../../dialects/codes-of-dialects';
import { MayRunOn } from '../../seats/may-run-on';
import { RefusedNote } from '../../seats/refused-note';
import { ReleasedNote } from '../../seats/released-note';
import { AllowancesUsed } from './allowances';
import { EntitlementCodes, EntitlementHistory, EntitlementTerms } from './details';
import { SeatRows } from './seat-rows';

export const metadata: Metadata = { title: 'Entitlement' };

const TABS = [
  ['seats', 'Seats'],
  ['history', 'History'],
  ['terms', 'Terms'],
  ['codes', 'Codes'],
] as const;

/** Shows an entitlement: its seats, their holders, the files exchanged, and its terms. */
export default async function EntitlementPage({ params, searchParams }: PageProps<'/entitlements/[id]'>) {
  const { id } = await params;
  const here = `/entitlements/${encodeURIComponent(id)}`;
  const { actor } = await requireSignedIn(here);
  const query = await searchParams;
  const tab = TABS.find(([name]) => name === oneOf(query.tab))?.[0] ?? 'seats';
  const endedToo = oneOf(query.ended) === 'yes';
  const after = oneOf(query.after) || null;
  const input = { entitlementId: id, after, endedToo };
  const result = resultForPage(await perform(showEntitlement, input, await requestContext()), here);
  if (!result.ok) return <Note tone="stopped">{explain(result.rejection).cause}</Note>;

  const { entitlement, now, releasing, activations, exchanges, codes, machines, reinstalls, returns } = result.value;
  const allowances = { reinstalls, returns };
  return (
    <>
      <PageHeader
        back={{ href: '/entitlements', label: 'Entitlements' }}
        title={titleOfEntitlement(entitlement)}
        lead={actor.role === 'support' ? entitlement.customerName : undefined}
        {...(mayPerform(actor.role, 'entitlement:disable')
          ? { actions: <DisableLink id={id} disabled={entitlement.disabledAt !== null} /> }
          : {})}
        state={<EntitlementBadge state={entitlementStateAt(entitlement, now)} />}
      />
      <RefusedNote query={query} />
      <DoneNote done={oneOf(query.done)} />
      <ReleasedNote word={oneOf(query.released)} seat={oneOf(query.seat)} />
      <Card>
        <SeatMeterLarge count={seatCountOf({ ...entitlement, releasing })} />
        <div className="mt-5 grid gap-3 empty:hidden">
          <MayRunOn entitlement={entitlement} now={now} machines={machines} />
          <AllowancesUsed {...allowances} now={now} />
        </div>
      </Card>
      <div className="mt-10">
        <Tabs
          label={titleOfEntitlement(entitlement)}
          tabs={TABS.map(([name, label]) => ({
            href: listAddress(here, { tab: name === 'seats' ? '' : name }),
            label,
            current: name === tab,
          }))}
        />
        {tab === 'seats' ? (
          <SeatRows
            entitlementId={id}
            here={here}
            page={activations}
            now={now}
            actor={actor}
            active={entitlement.seatsHeld - releasing}
            shown={{ after, endedToo }}
          />
        ) : null}
        {tab === 'history' ? <EntitlementHistory exchanges={exchanges} entitlementId={id} /> : null}
        {tab === 'terms' ? <EntitlementTerms entitlement={entitlement} allowances={allowances} now={now} /> : null}
        {tab === 'codes' ? <EntitlementCodes codes={codes} /> : null}
        {tab === 'codes' ? await codesOfDialects(id) : null}
      </div>
    </>
  );
}

function DisableLink({ id, disabled }: { readonly id: string; readonly disabled: boolean }) {
  return <ButtonLink href={`/entitlements/${id}/disable`}>{disabled ? 'Enable…' : 'Disable…'}</ButtonLink>;
}

const DONE: Readonly<Record<string, string>> = {
  disabled: 'Disabled. No more answers are given on it.',
  enabled: 'Enabled. Files are answered again.',
};

function DoneNote({ done }: { readonly done: string }) {
  const words = Object.hasOwn(DONE, done) ? DONE[done] : undefined;
  if (words === undefined) return null;
  return (
    <div className="mb-6">
      <Note tone="fine">{words}</Note>
    </div>
  );
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TextLink } from '@/components/actions/text-link';
import { ClaimBadge } from '@/components/badges/claim-badge';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { titleOfEntitlement } from '@/components/seats/count-seats';
import { REASON_WORDS } from '@/components/seats/describe-release';
import { Facts } from '@/components/tables/facts';
import { oneOf } from '@/components/tables/list-address';
import { Instant } from '@/components/time/instant';
import { explain } from '@/lib/licensing/refusals/rejection';
import { describeAllowance } from '@/lib/licensing/seats/describe-seats';
import { showClaim } from '@/lib/operations/claims/show-claims';
import { perform } from '@/lib/operations/operation';
import { mayPerform } from '@/lib/operations/permission';
import { readableFacts } from '@/lib/web/refusals/readable-facts';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { RefusedNote } from '../../seats/refused-note';
import { AnswerForm, WithdrawForm } from './forms';
import { ClaimMails } from './mails';
import { Outcome } from './outcome';

export const metadata: Metadata = { title: 'Claim' };

const DONE: Readonly<Record<string, string>> = {
  opened: 'You asked for the release. Whoever can answer gets a mail; until then the seat stays with its device.',
  approved: 'You approved the claim, and the seat was released.',
  refused: 'You refused the claim. The seat stays with its device.',
  withdrawn: 'You took the claim back. The seat stays with its device.',
  mailed: 'The mails were sent once more. What the mail server said is below.',
};

/** Shows a claim: its seat, who asked and why, and the decision. */
export default async function ClaimPage({ params, searchParams }: PageProps<'/claims/[id]'>) {
  const { id } = await params;
  const here = `/claims/${encodeURIComponent(id)}`;
  const { actor } = await requireSignedIn(here);
  const query = await searchParams;
  const result = resultForPage(await perform(showClaim, { claimId: id }, await requestContext()), here);
  if (!result.ok) notFound();
  const { claim, activation, entitlement, device, approval, mayWithdraw, mails, reinstalls, now } = result.value;
  const said = DONE[oneOf(query.done)];
  return (
    <>
      <PageHeader
        back={{ href: '/claims', label: 'Claims' }}
        title={`Release of ${device.name}`}
        lead={actor.role === 'support' ? entitlement.customerName : undefined}
        state={<ClaimBadge state={claim.state} />}
      />
      <RefusedNote query={query} />
      <div className="grid gap-6">
        {said === undefined ? null : <Note tone={claim.state === 'open' ? 'info' : 'fine'}>{said}</Note>}
        <Card>
          <h2 className="sr-only">What is asked for</h2>
          <Facts
            facts={[
              { term: 'Device', value: <TextLink href={`/devices/${device.id}`}>{device.name}</TextLink> },
              {
                term: 'Entitlement',
                value: <TextLink href={`/entitlements/${entitlement.id}`}>{titleOfEntitlement(entitlement)}</TextLink>,
              },
              { term: 'Asked by', value: claim.claimantName },
              { term: 'Asked', value: <Instant at={claim.openedAt} precision="minute" now={now} focusable /> },
              { term: 'What happened', value: REASON_WORDS[claim.reason] },
              ...(claim.note === '' ? [] : [{ term: 'In their words', value: claim.note }]),
              {
                term: 'Last request of the device',
                value: <Instant at={device.lastSeenAt} precision="minute" now={now} focusable />,
              },
            ]}
          />
        </Card>
        <Outcome claim={claim} activation={activation} now={now} />
        {approval === null ? null : (
          <AnswerForm
            claimId={id}
            deviceName={device.name}
            release={approval.outcome === 'release' ? approval : null}
            runsOutAt={activation.runsOutAt}
            usedUp={
              entitlement.releasePolicy.frees === 'at-once' && reinstalls.left === 0 ? describeAllowance(reinstalls, now) : []
            }
            now={now}
            refusal={
              approval.outcome === 'reject'
                ? explain({ ...approval.rejection, facts: readableFacts(approval.rejection.facts) }).cause
                : null
            }
          />
        )}
        {mayWithdraw ? <WithdrawForm claimId={id} /> : null}
        <ClaimMails claimId={id} mails={mails} mayResend={mayPerform(actor.role, 'claim:answer')} now={now} />
      </div>
    </>
  );
}

import { ButtonLink } from '@/components/actions/button-link';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { Facts } from '@/components/tables/facts';
import { Instant } from '@/components/time/instant';
import type { ApproverTie } from '@/lib/licensing/claims/approver-ties';
import type { ClaimState } from '@/lib/licensing/claims/lost-device-claim';
import type { ActivationState } from '@/lib/licensing/seats/activation';

interface OutcomeProps {
  readonly claim: {
    readonly state: ClaimState;
    readonly decidedAt: Date | null;
    readonly decidedBy: string | null;
    readonly decidedByName: string | null;
    readonly answer: string;
    /** For support: signs that claimant and approver may be the same person. */
    readonly ties: readonly ApproverTie[];
  };
  readonly activation: {
    readonly id: string;
    readonly state: ActivationState;
    readonly releaseKind: string | null;
    readonly runsOutAt: Date;
  };
  readonly now: Date;
}

/** Shows the decision on a claim and the state of its seat. Nothing while the claim is open. */
export function Outcome({ claim, activation, now }: OutcomeProps) {
  const { state, decidedAt, decidedBy, decidedByName, answer, ties } = claim;
  if (decidedAt === null) return null;
  const isMoot = state === 'withdrawn' && decidedBy === null;
  return (
    <Card>
      <h2 className="sr-only">What became of it</h2>
      <Facts
        facts={[
          {
            term: isMoot ? 'Closed by itself' : WORDS[state],
            value: <Instant at={decidedAt} precision="minute" now={now} focusable />,
          },
          ...(isMoot ? [{ term: 'Why', value: 'The seat was given up in another way, so no release was needed.' }] : []),
          ...(state === 'withdrawn' ? [] : [{ term: 'By', value: decidedByName ?? 'The vendor' }]),
          ...(answer === '' ? [] : [{ term: 'Their answer', value: answer }]),
        ]}
      />
      {ties.length === 0 ? null : <TiesNote ties={ties} />}
      {state === 'approved' ? <AfterApproval activation={activation} now={now} /> : null}
    </Card>
  );
}

const TIES: Record<ApproverTie, string> = {
  'approver-young': 'The account that approved was younger than seven days.',
  'invited-by-claimant': 'Whoever asked had invited the account that approved.',
  'claimant-invited-and-young': 'The account that approved had invited whoever asked, less than seven days before.',
};

function TiesNote({ ties }: { readonly ties: readonly ApproverTie[] }) {
  return (
    <div className="mt-5">
      <Note tone="soon">
        <p className="font-medium">Whoever approved may not be anybody else than whoever asked.</p>
        {ties.map((tie) => (
          <p key={tie}>{TIES[tie]}</p>
        ))}
        <p>Only support sees this.</p>
      </Note>
    </div>
  );
}

const WORDS: Record<ClaimState, string> = {
  open: 'Open',
  approved: 'Approved',
  refused: 'Refused',
  withdrawn: 'Taken back',
};

function AfterApproval({ activation, now }: Pick<OutcomeProps, 'activation' | 'now'>) {
  const { id, state, releaseKind, runsOutAt } = activation;
  if (state === 'active' || state === 'lease_expired') {
    return (
      <div className="mt-5">
        <Note tone="info">The release was undone later. The seat is with its device again.</Note>
      </div>
    );
  }
  if (releaseKind !== 'released') return null;
  return (
    <div className="mt-5 grid justify-items-start gap-4">
      <Note tone="fine">
        {state === 'releasing' && now < runsOutAt ? (
          <>
            The seat is being released. It comes free by itself on <Instant at={runsOutAt} precision="minute" now={now} />.
          </>
        ) : (
          'The seat was released and is free.'
        )}
      </Note>
      <ButtonLink href={`/seats/${id}/release`} kind="secondary">
        Was it found? Look at the seat
      </ButtonLink>
    </div>
  );
}

import { Undo2 } from '@lucide/icons';
import { TextLink } from '@/components/actions/text-link';
import { ActivationBadge } from '@/components/badges/activation-badge';
import { StateBadge } from '@/components/badges/state-badge';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import type { Actor } from '@/lib/operations/actor';
import { claimShownTo } from '@/lib/operations/claims/claim-shown';
import type { ActivationShown } from '@/lib/operations/seats/list-seats';

const CLAIM_WORDS = { open: 'Claim waits', approved: 'Claim approved', refused: 'Claim refused' } as const;

interface SeatStateProps {
  readonly activation: ActivationShown;
  readonly actor: Actor;
  readonly now: Date;
}

/** Shows the state of a seat, of a claim for it, and whether its device came back. */
export function SeatState({ activation, actor, now }: SeatStateProps) {
  const claim = claimShownTo(actor, activation.claim);
  return (
    <div className="grid justify-items-end gap-1.5 @4xl:justify-items-start">
      <ActivationBadge state={activationStateAt(activation, now)} />
      {activation.cameBackAt === null ? null : <StateBadge tone="soon" icon={Undo2} word="Came back" />}
      {claim === null || claim.state === 'withdrawn' ? null : (
        <span className="text-ink-2 text-xs">
          {claim.mayOpen ? (
            <TextLink href={`/claims/${claim.id}`}>{CLAIM_WORDS[claim.state]}</TextLink>
          ) : (
            CLAIM_WORDS[claim.state]
          )}
        </span>
      )}
    </div>
  );
}

import { Ban, CircleCheck, CircleDashed, Hourglass } from '@lucide/icons';
import type { ClaimState } from '@/lib/licensing/claims/lost-device-claim';
import type { IconData } from '../layout/icon';
import { StateBadge } from './state-badge';
import type { Tone } from './tone';

const LOOK: Record<ClaimState, { tone: Tone; icon: IconData; word: string }> = {
  open: { tone: 'info', icon: Hourglass, word: 'Waiting for an answer' },
  approved: { tone: 'fine', icon: CircleCheck, word: 'Approved' },
  refused: { tone: 'stopped', icon: Ban, word: 'Refused' },
  withdrawn: { tone: 'quiet', icon: CircleDashed, word: 'Closed' },
};

/** The state of a claim. */
export function ClaimBadge({ state }: { readonly state: ClaimState }) {
  return <StateBadge {...LOOK[state]} />;
}

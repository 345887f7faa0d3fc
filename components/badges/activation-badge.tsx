import { Ban, CircleCheck, CircleDashed, Hourglass, Replace, TimerOff } from '@lucide/icons';
import type { ActivationState } from '@/lib/licensing/seats/activation';
import type { IconData } from '../layout/icon';
import { StateBadge } from './state-badge';
import type { Tone } from './tone';

const LOOK: Record<ActivationState, { tone: Tone; icon: IconData; word: string }> = {
  active: { tone: 'fine', icon: CircleCheck, word: 'Active' },
  lease_expired: { tone: 'soon', icon: TimerOff, word: 'Lease ran out' },
  releasing: { tone: 'info', icon: Hourglass, word: 'Being released' },
  released: { tone: 'quiet', icon: CircleDashed, word: 'Released' },
  revoked: { tone: 'stopped', icon: Ban, word: 'Revoked' },
  replaced: { tone: 'quiet', icon: Replace, word: 'Replaced' },
};

/** The state of a device's activation. */
export function ActivationBadge({ state }: { readonly state: ActivationState }) {
  return <StateBadge {...LOOK[state]} />;
}

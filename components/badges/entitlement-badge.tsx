import { CalendarClock, CalendarX2, CircleCheck, CirclePause, Hourglass } from '@lucide/icons';
import type { EntitlementState } from '@/lib/licensing/entitlements/entitlement';
import type { IconData } from '../layout/icon';
import { StateBadge } from './state-badge';
import type { Tone } from './tone';

const LOOK: Record<EntitlementState, { tone: Tone; icon: IconData; word: string }> = {
  scheduled: { tone: 'info', icon: CalendarClock, word: 'Starts later' },
  active: { tone: 'fine', icon: CircleCheck, word: 'Active' },
  grace: { tone: 'soon', icon: Hourglass, word: 'In grace' },
  expired: { tone: 'stopped', icon: CalendarX2, word: 'Ended' },
  disabled: { tone: 'stopped', icon: CirclePause, word: 'Switched off' },
};

/** The state of an entitlement. */
export function EntitlementBadge({ state }: { readonly state: EntitlementState }) {
  return <StateBadge {...LOOK[state]} />;
}

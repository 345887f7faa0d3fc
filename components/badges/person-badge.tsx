import { CircleCheck, CircleDashed, MailCheck, MailWarning, UserRound } from '@lucide/icons';
import type { PersonState } from '@/lib/operations/people/person-state';
import type { IconData } from '../layout/icon';
import { StateBadge } from './state-badge';
import type { Tone } from './tone';

const LOOK: Record<PersonState, { tone: Tone; icon: IconData; word: string }> = {
  added: { tone: 'info', icon: UserRound, word: 'Can sign in' },
  invited: { tone: 'info', icon: MailCheck, word: 'Invited' },
  'mail-refused': { tone: 'stopped', icon: MailWarning, word: 'Mail refused' },
  'mail-failed': { tone: 'soon', icon: MailWarning, word: 'Mail not sent' },
  'ran-out': { tone: 'quiet', icon: CircleDashed, word: 'Invitation ran out' },
  active: { tone: 'fine', icon: CircleCheck, word: 'Active' },
  removed: { tone: 'quiet', icon: CircleDashed, word: 'Removed' },
};

/** The state of a person: invited, active, removed and so on. */
export function PersonBadge({ state }: { readonly state: PersonState }) {
  return <StateBadge {...LOOK[state]} />;
}

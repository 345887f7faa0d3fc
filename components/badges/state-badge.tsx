import type { IconData } from '../layout/icon';
import { Icon } from '../layout/icon';
import type { Tone } from './tone';
import { TONE_CLASS } from './tone';

interface StateBadgeProps {
  readonly tone: Tone;
  readonly icon: IconData;
  readonly word: string;
}

/** A state as colour, icon and word. */
export function StateBadge({ tone, icon, word }: StateBadgeProps) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded-full py-1 pr-2.5 pl-2 font-medium text-xs ${TONE_CLASS[tone]}`}
    >
      <Icon icon={icon} className="size-3.5" />
      {word}
    </span>
  );
}

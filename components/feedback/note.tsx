import { CircleCheck, Clock, Info, OctagonX } from '@lucide/icons';
import type { ReactNode } from 'react';
import type { Tone } from '../badges/tone';
import { Icon } from '../layout/icon';

interface NoteProps {
  readonly tone: Exclude<Tone, 'quiet'>;
  readonly children: ReactNode;
}

const LOOK = {
  fine: { icon: CircleCheck, word: 'Done: ', colour: 'text-fine', surface: 'bg-fine-soft' },
  soon: { icon: Clock, word: 'Take note: ', colour: 'text-soon', surface: 'bg-soon-soft' },
  stopped: { icon: OctagonX, word: 'Stopped: ', colour: 'text-stopped', surface: 'bg-stopped-soft' },
  info: { icon: Info, word: 'For information: ', colour: 'text-info', surface: 'bg-info-soft' },
} as const;

/** A note next to its subject, such as: the device's clock is three days behind. */
export function Note({ tone, children }: NoteProps) {
  const { icon, word, colour, surface } = LOOK[tone];
  return (
    <div className={`flex gap-3 rounded-xl px-4 py-3 text-ink text-sm ${surface}`}>
      <Icon icon={icon} className={`mt-px size-5 ${colour}`} />
      <div className="min-w-0">
        <span className="sr-only">{word}</span>
        {children}
      </div>
    </div>
  );
}

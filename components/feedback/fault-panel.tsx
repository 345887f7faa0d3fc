import { CloudOff } from '@lucide/icons';
import type { ReactNode } from 'react';
import { Icon } from '../layout/icon';
import { ReferenceLine } from './reference-line';

interface FaultPanelProps {
  readonly title?: string;
  /** What did not happen. */
  readonly sentence?: string;
  /** The event id under which it was logged. */
  readonly eventId?: string;
  /** "Try again". */
  readonly actions?: ReactNode;
}

/** Reports a fault of the portal. Without hooks, so that `error.tsx` can show it too. */
export function FaultPanel({
  title = 'Something went wrong on our side',
  sentence = 'Nothing was changed. Try again in a moment.',
  eventId,
  actions,
}: FaultPanelProps) {
  return (
    <div className="mx-auto grid max-w-lg justify-items-center gap-3 px-4 py-16 text-center">
      <span className="grid size-12 place-items-center rounded-xl bg-soon-soft text-soon">
        <Icon icon={CloudOff} className="size-6" />
      </span>
      <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
      <p className="text-ink-2">{sentence}</p>
      {actions === undefined ? null : <div className="mt-2 flex flex-wrap justify-center gap-3">{actions}</div>}
      {eventId === undefined ? null : (
        <div className="mt-4">
          <ReferenceLine reference={`event ${eventId}`} />
        </div>
      )}
    </div>
  );
}

import { KeyRound } from '@lucide/icons';
import type { ReactNode } from 'react';
import { Icon } from '../layout/icon';
import { Instant } from '../time/instant';

interface FileObjectProps {
  readonly name: string;
  readonly bytes: number;
  /** The device it is for, or from. */
  readonly device: string;
  /** When the lease in the file ends; null for files that are used once. */
  readonly goodUntil: Date | null;
  readonly now: Date;
  /** Download and Copy. */
  readonly actions?: ReactNode;
}

/** Shows a file to carry: name, device, and end of validity. */
export function FileObject({ name, bytes, device, goodUntil, now, actions }: FileObjectProps) {
  return (
    <div className="flex flex-col gap-5 rounded-2xl border border-line bg-surface p-5 shadow-card sm:flex-row sm:items-center sm:p-7">
      <span className="grid h-16 w-13 shrink-0 place-items-center rounded-lg rounded-tr-[1.25rem] border-2 border-accent bg-accent-soft text-accent">
        <Icon icon={KeyRound} className="size-6" />
      </span>
      <div className="min-w-0 grow">
        <p className="break-all font-medium font-mono text-sm">{name}</p>
        <p className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-ink-2 text-sm">
          <span>
            For <span className="font-medium text-ink">{device}</span>
          </span>
          {goodUntil === null ? null : (
            <span>
              Good until <Instant at={goodUntil} now={now} focusable />
            </span>
          )}
          <span className="text-ink-3">{fileSize(bytes)}</span>
        </p>
      </div>
      {actions === undefined ? null : <div className="flex flex-wrap items-center gap-3">{actions}</div>}
    </div>
  );
}

/** Formats a size: "812 bytes", "2.1 kB". */
function fileSize(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return `${(bytes / 1000).toFixed(1)} kB`;
}

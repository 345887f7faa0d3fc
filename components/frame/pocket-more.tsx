'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

interface PocketMoreProps {
  /** Addresses of the places behind it. */
  readonly hrefs: readonly string[];
  /** Icon and word of the disclosure. */
  readonly label: ReactNode;
  readonly children: ReactNode;
}

/** The places that the bar has no room for. Closes when the reader has gone to one, and shows when they are on one. */
export function PocketMore({ hrefs, label, children }: PocketMoreProps) {
  const pathname = usePathname();
  const here = hrefs.some((href) => pathname === href || pathname.startsWith(`${href}/`));
  return (
    <details key={pathname} className="relative">
      <summary
        className={`flex min-h-15 cursor-pointer list-none flex-col items-center justify-center gap-1 rounded-lg font-medium text-xs -outline-offset-4 ${here ? 'text-accent' : 'text-ink-3'}`}
      >
        {label}
      </summary>
      <div className="absolute right-1 bottom-full mb-1 w-52 rounded-xl border border-line bg-surface p-2 shadow-lifted">
        {children}
      </div>
    </details>
  );
}

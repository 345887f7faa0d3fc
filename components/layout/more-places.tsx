'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** Places that the bar has no room for, behind a disclosure that closes once one of them was reached. */
export function MorePlaces({ children }: { readonly children: ReactNode }) {
  return (
    <details key={usePathname()} className="group relative h-full text-ink-3 has-[[aria-current=page]]:text-accent">
      {children}
    </details>
  );
}

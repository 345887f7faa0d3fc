'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** Further navigation behind a disclosure, which closes after navigating. */
export function MorePlaces({ children }: { readonly children: ReactNode }) {
  return (
    <details key={usePathname()} className="group relative h-full text-ink-3 has-[[aria-current=page]]:text-accent">
      {children}
    </details>
  );
}

'use client';

import Link, { useLinkStatus } from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

interface NavLinkProps {
  readonly href: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly current?: boolean | undefined;
}

/** A navigation link that marks the current page and its subpages. Not prefetched, so that a page does not request all others. */
export function NavLink({ href, className, children, current }: NavLinkProps) {
  const pathname = usePathname();
  const here = current ?? (pathname === href || pathname.startsWith(`${href}/`));
  return (
    <Link prefetch={false} href={href} className={`relative ${className}`} aria-current={here ? 'page' : undefined}>
      {children}
      <Pending />
    </Link>
  );
}

/** Shows that a slow page is loading. */
function Pending() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden="true"
      className={`absolute top-2 right-2 size-1.5 rounded-full bg-accent transition-opacity delay-150 ${pending ? 'opacity-100 motion-safe:animate-pulse' : 'opacity-0'}`}
    />
  );
}

'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

interface NavLinkProps {
  readonly href: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly current?: boolean | undefined;
}

/** A link that knows when the reader is on its page or below it. */
export function NavLink({ href, className, children, current }: NavLinkProps) {
  const pathname = usePathname();
  const here = current ?? (pathname === href || pathname.startsWith(`${href}/`));
  return (
    <Link href={href} className={className} aria-current={here ? 'page' : undefined}>
      {children}
    </Link>
  );
}

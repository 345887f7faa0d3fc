import Link from 'next/link';
import type { ReactNode } from 'react';

interface TextLinkProps {
  readonly href: string;
  readonly children: ReactNode;
}

/** A link in text or in a row. Not prefetched: a list of fifty must not cause fifty requests. */
export function TextLink({ href, children }: TextLinkProps) {
  return (
    <Link
      prefetch={false}
      href={href}
      className="rounded-sm font-medium text-accent underline decoration-accent/35 underline-offset-[0.2em] hover:decoration-accent"
    >
      {children}
    </Link>
  );
}

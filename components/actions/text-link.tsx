import Link from 'next/link';
import type { ReactNode } from 'react';

interface TextLinkProps {
  readonly href: string;
  readonly children: ReactNode;
}

/** A link inside running text or a row. Fetched when it is followed: a list of fifty must not ask the server fifty times. */
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

import Link from 'next/link';
import type { ReactNode } from 'react';

interface TextLinkProps {
  readonly href: string;
  readonly children: ReactNode;
}

/** A link inside running text or a row. */
export function TextLink({ href, children }: TextLinkProps) {
  return (
    <Link
      href={href}
      className="rounded-sm font-medium text-accent underline decoration-accent/35 underline-offset-[0.2em] hover:decoration-accent"
    >
      {children}
    </Link>
  );
}

import type { ReactNode } from 'react';
import { TextLink } from '../actions/text-link';
import { BrandMark } from './brand-mark';

interface VisitorFrameProps {
  readonly vendor: { readonly name: string; readonly logoUrl?: string | undefined };
  readonly children: ReactNode;
  /** Small print at the end: whom to ask. */
  readonly footer?: ReactNode;
}

/** Frame of pages for people who are not signed in: no navigation, and as wide as the content. */
export function VisitorFrame({ vendor, children, footer }: VisitorFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-line border-b bg-surface">
        <div className="mx-auto flex min-h-16 max-w-5xl items-center justify-between gap-4 px-4 sm:px-8">
          <BrandMark name={vendor.name} logoUrl={vendor.logoUrl} />
          <span className="shrink-0 text-sm">
            <TextLink href="/sign-in">Sign in</TextLink>
          </span>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-5xl grow px-4 pt-8 pb-16 outline-none sm:px-8 sm:pt-12">
        {children}
      </main>
      {footer === undefined ? null : (
        <footer className="mx-auto w-full max-w-5xl px-4 pb-8 text-ink-3 text-xs sm:px-8">{footer}</footer>
      )}
    </div>
  );
}

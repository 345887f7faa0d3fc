import type { ReactNode } from 'react';
import { BrandMark } from './brand-mark';

interface SignInFrameProps {
  readonly vendor: { readonly name: string; readonly logoUrl?: string | undefined };
  readonly title: string;
  readonly lead?: ReactNode;
  /** The form. */
  readonly children: ReactNode;
  /** Small print under the card: whom to ask. */
  readonly footer?: ReactNode;
}

/** Frame of the sign-in pages: one centred card under the name of the vendor. */
export function SignInFrame({ vendor, title, lead, children, footer }: SignInFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center px-4 py-12">
      <header className="mb-8">
        <BrandMark name={vendor.name} logoUrl={vendor.logoUrl} />
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="w-full max-w-md rounded-2xl border border-line bg-surface p-6 shadow-card outline-none sm:p-8"
      >
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        {lead === undefined ? null : <p className="mt-2 text-ink-2">{lead}</p>}
        <div className="mt-6">{children}</div>
      </main>
      {footer === undefined ? null : <footer className="mt-6 max-w-md text-center text-ink-3 text-xs">{footer}</footer>}
    </div>
  );
}

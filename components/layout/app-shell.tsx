import type { ReactNode } from 'react';
import { PocketNav, PocketTop } from './pocket-bars';
import type { RailProps } from './rail';
import { Rail } from './rail';

interface AppShellProps extends RailProps {
  readonly children: ReactNode;
  /** Above every page. */
  readonly banner?: ReactNode;
}

/** Frame of every page behind the sign-in: a rail at the side, or bars at top and bottom on small screens. */
export function AppShell({ children, banner, ...frame }: AppShellProps) {
  return (
    <div className="min-h-dvh lg:flex">
      <header className="contents">
        <Rail {...frame} />
        <PocketTop {...frame} />
      </header>
      <div className="min-w-0 grow">
        {banner}
        <main id="content" tabIndex={-1} className="px-4 pt-6 pb-28 outline-none sm:px-8 lg:px-12 lg:pt-12 lg:pb-20">
          <div className="mx-auto max-w-[72rem]">{children}</div>
        </main>
      </div>
      <PocketNav nav={frame.nav} />
    </div>
  );
}

import { CircleUserRound } from '@lucide/icons';
import Link from 'next/link';
import { BrandMark } from '../brand-mark';
import { Icon } from '../icon';
import type { NavItem } from './nav-item';
import { NavLink } from './nav-link';
import type { RailProps } from './rail';
import { ReaderCard } from './reader-card';

/** On small screens: the vendor, and the person behind a disclosure. */
export function PocketTop({ vendor, reader, signOut, signOutFields }: RailProps) {
  return (
    <div className="flex items-center justify-between gap-4 border-line border-b bg-surface px-4 py-2 lg:hidden">
      <Link href="/" className="min-w-0 rounded-lg py-1.5">
        <BrandMark name={vendor.name} logoUrl={vendor.logoUrl} />
      </Link>
      <details className="group relative">
        <summary className="grid size-11 place-items-center rounded-lg text-ink-2 hover:bg-sunken">
          <Icon icon={CircleUserRound} className="size-6" />
          <span className="sr-only">You are {reader.name}</span>
        </summary>
        <div className="absolute top-full right-0 z-30 mt-1 w-64 rounded-xl border border-line bg-surface px-2 py-4 shadow-lifted">
          <ReaderCard reader={reader} signOut={signOut} signOutFields={signOutFields} />
        </div>
      </details>
    </div>
  );
}

/** On small screens: the places, within reach of a thumb. */
export function PocketNav({ nav }: { readonly nav: readonly NavItem[] }) {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <ul className="mx-auto flex max-w-lg">
        {nav.map((item) => (
          <li key={item.href} className="grow basis-0">
            <NavLink
              href={item.href}
              current={item.current}
              className={`flex min-h-15 flex-col items-center justify-center gap-1 rounded-lg font-medium text-ink-3 -outline-offset-4 aria-[current=page]:text-accent ${nav.length > 5 ? 'text-[0.6875rem] tracking-tight' : 'text-xs'}`}
            >
              <Icon icon={item.icon} className="size-5.5" />
              {item.label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

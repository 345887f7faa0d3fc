import { CircleUserRound, Ellipsis } from '@lucide/icons';
import Link from 'next/link';
import { BrandMark } from './brand-mark';
import { Icon } from './icon';
import { MorePlaces } from './more-places';
import { NavCount } from './nav-count';
import type { NavItem } from './nav-item';
import { NavLink } from './nav-link';
import type { RailProps } from './rail';
import { ReaderCard } from './reader-card';

/** Top bar on small screens: the vendor, and the signed-in person behind a disclosure. */
export function PocketTop({ vendor, reader, signOut, signOutFields }: RailProps) {
  return (
    <div className="flex items-center justify-between gap-4 border-line border-b bg-surface px-4 py-2 lg:hidden">
      <Link prefetch={false} href="/" className="min-w-0 rounded-lg py-1.5">
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

/** Number of links that fit next to each other on a phone. */
const MOST_BESIDE = 5;

/** Bottom navigation on small screens; links that do not fit are behind a disclosure. */
export function PocketNav({ nav }: { readonly nav: readonly NavItem[] }) {
  const beside = nav.length > MOST_BESIDE ? nav.slice(0, MOST_BESIDE - 1) : nav;
  const more = nav.slice(beside.length);
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <ul className="mx-auto flex max-w-lg">
        {beside.map((item) => (
          <li key={item.href} className="grow basis-0">
            <NavLink
              href={item.href}
              current={item.current}
              className="relative flex min-h-15 flex-col items-center justify-center gap-1 rounded-lg font-medium text-ink-3 text-xs -outline-offset-4 aria-[current=page]:text-accent"
            >
              <Icon icon={item.icon} className="size-5.5" />
              {item.label}
              <span className="absolute top-1 left-1/2 ml-1.5">
                <NavCount count={item.count} />
              </span>
            </NavLink>
          </li>
        ))}
        {more.length === 0 ? null : (
          <li className="grow basis-0">
            <More nav={more} />
          </li>
        )}
      </ul>
    </nav>
  );
}

function More({ nav }: { readonly nav: readonly NavItem[] }) {
  return (
    <MorePlaces>
      <summary className="flex min-h-15 cursor-pointer list-none flex-col items-center justify-center gap-1 rounded-lg font-medium text-xs -outline-offset-4 [&::-webkit-details-marker]:hidden">
        <Icon icon={Ellipsis} className="size-5.5" />
        More
      </summary>
      <ul className="absolute right-2 bottom-full mb-2 w-52 rounded-xl border border-line bg-surface p-2 shadow-lifted">
        {nav.map((item) => (
          <li key={item.href}>
            <NavLink
              href={item.href}
              current={item.current}
              className="flex min-h-11 items-center gap-3 rounded-lg px-3 font-medium text-ink-2 text-sm aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
            >
              <Icon icon={item.icon} />
              {item.label}
              <NavCount count={item.count} />
            </NavLink>
          </li>
        ))}
      </ul>
    </MorePlaces>
  );
}

import Link from 'next/link';
import { BrandMark } from './brand-mark';
import { Icon } from './icon';
import { NavCount } from './nav-count';
import type { NavItem, Reader, SignOutAction } from './nav-item';
import { NavLink } from './nav-link';
import { ReaderCard } from './reader-card';

export interface RailProps {
  readonly vendor: { readonly name: string; readonly logoUrl?: string | undefined };
  readonly nav: readonly NavItem[];
  readonly reader: Reader;
  readonly signOut: SignOutAction;
  readonly signOutFields?: Readonly<Record<string, string>> | undefined;
}

/** Navigation on wide screens: vendor, links, and the signed-in person. */
export function Rail({ vendor, nav, reader, signOut, signOutFields }: RailProps) {
  return (
    <div className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col gap-8 overflow-y-auto border-line border-r bg-surface px-3 py-5 lg:flex">
      <Link prefetch={false} href="/" className="rounded-lg px-3 py-1">
        <BrandMark name={vendor.name} logoUrl={vendor.logoUrl} />
      </Link>
      <nav aria-label="Main" className="grow">
        <ul className="grid gap-1">
          {nav.map((item) => (
            <li key={item.href}>
              <NavLink
                href={item.href}
                current={item.current}
                className="flex min-h-10 items-center gap-3 rounded-lg px-3 font-medium text-ink-2 text-sm transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent pointer-coarse:min-h-11"
              >
                <Icon icon={item.icon} />
                <span className="grow">{item.label}</span>
                <NavCount count={item.count} />
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <ReaderCard reader={reader} signOut={signOut} signOutFields={signOutFields} />
    </div>
  );
}

import { ArrowLeftRight, KeyRound, MonitorSmartphone, Search, ShieldUser, Users } from '@lucide/icons';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/frame/app-shell';
import type { NavItem } from '@/components/frame/nav-item';
import { ViewBanner } from '@/components/frame/view-banner';
import type { Role } from '@/lib/operations/actor';
import { mayPerform } from '@/lib/operations/permission';
import { portal } from '@/lib/operations/portal';
import type { SignedIn, Viewing } from '@/lib/operations/session-current';
import { currentSignedIn } from '@/lib/web/context';

const NAV: readonly NavItem[] = [
  { href: '/exchange', label: 'Exchange', icon: ArrowLeftRight },
  { href: '/entitlements', label: 'Entitlements', icon: KeyRound },
  { href: '/devices', label: 'Devices', icon: MonitorSmartphone },
  { href: '/sessions', label: 'Sign-ins', icon: ShieldUser },
];

const PEOPLE: NavItem = { href: '/people', label: 'People', icon: Users };
const SEARCH: NavItem = { href: '/search', label: 'Search', icon: Search };

const ROLE_WORDS: Record<Exclude<Role, 'operator'>, string> = {
  member: 'Member',
  customer_admin: 'Administrator',
  support: 'Support',
};

function navFor(role: Role): readonly NavItem[] {
  const nav = mayPerform(role, 'person:manage') ? NAV.toSpliced(3, 0, PEOPLE) : NAV;
  return mayPerform(role, 'support:search') ? [SEARCH, ...nav] : nav;
}

/** The frame around every page behind the sign-in. The pages check who is there; a layout is not asked again on every visit. */
export default async function PortalLayout({ children }: { readonly children: ReactNode }) {
  const signedIn = await currentSignedIn();
  if (signedIn === null) return children;
  const { vendor } = await portal().keyring.current();
  const { name, customerName, actor, viewing } = signedIn;
  return (
    <AppShell
      vendor={{ name: vendor.name }}
      nav={navFor(actor.role)}
      reader={{ name, customer: customerName ?? vendor.name, role: ROLE_WORDS[actor.role] }}
      signOut="/api/auth/sign-out"
      banner={viewing === null ? null : <Banner {...signedIn} viewing={viewing} />}
    >
      {children}
    </AppShell>
  );
}

function Banner({ viewing, name, customerName }: Pick<SignedIn, 'name' | 'customerName'> & { readonly viewing: Viewing }) {
  const viewed = viewing.ended ? null : { name, customer: customerName ?? '' };
  return <ViewBanner viewed={viewed} endsAt={viewing.endsAt} leave="/view/end" />;
}

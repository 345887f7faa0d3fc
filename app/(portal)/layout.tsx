import { ArrowLeftRight, KeyRound, MonitorSmartphone, ShieldUser, Users } from '@lucide/icons';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/frame/app-shell';
import type { NavItem } from '@/components/frame/nav-item';
import type { Role } from '@/lib/operations/actor';
import { mayPerform } from '@/lib/operations/permission';
import { portal } from '@/lib/operations/portal';
import { currentSignedIn } from '@/lib/web/context';

const NAV: readonly NavItem[] = [
  { href: '/exchange', label: 'Exchange', icon: ArrowLeftRight },
  { href: '/entitlements', label: 'Entitlements', icon: KeyRound },
  { href: '/devices', label: 'Devices', icon: MonitorSmartphone },
  { href: '/sessions', label: 'Sign-ins', icon: ShieldUser },
];

const PEOPLE: NavItem = { href: '/people', label: 'People', icon: Users };

const ROLE_WORDS: Record<Exclude<Role, 'operator' | 'guest'>, string> = {
  member: 'Member',
  customer_admin: 'Administrator',
  support: 'Support',
};

/** The frame around every page behind the sign-in. The pages check who is there; a layout is not asked again on every visit. */
export default async function PortalLayout({ children }: { readonly children: ReactNode }) {
  const signedIn = await currentSignedIn();
  if (signedIn === null) return children;
  const { vendor } = await portal().keyring.current();
  const { name, customerName, actor } = signedIn;
  return (
    <AppShell
      vendor={{ name: vendor.name }}
      nav={mayPerform(actor.role, 'person:manage') ? NAV.toSpliced(3, 0, PEOPLE) : NAV}
      reader={{ name, customer: customerName ?? vendor.name, role: ROLE_WORDS[actor.role] }}
      signOut="/api/auth/sign-out"
    >
      {children}
    </AppShell>
  );
}

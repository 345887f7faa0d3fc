import {
  ArrowLeftRight,
  CalendarClock,
  KeyRound,
  MessageCircleQuestionMark,
  MonitorSmartphone,
  ScrollText,
  Search,
  ShieldUser,
  Users,
} from '@lucide/icons';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/layout/app-shell';
import { ImpersonationBanner } from '@/components/layout/impersonation-banner';
import type { NavItem } from '@/components/layout/nav-item';
import type { Actor, PersonalActor } from '@/lib/operations/actor';
import { countClaims } from '@/lib/operations/claims/show-claims';
import { perform } from '@/lib/operations/operation';
import { mayPerform } from '@/lib/operations/permission';
import type { Impersonation, SignedIn } from '@/lib/operations/sign-in/session-current';
import { currentSignedIn, requestContext } from '@/lib/web/request-context';
import { services } from '@/lib/web/services';

const NAV: readonly NavItem[] = [
  { href: '/exchange', label: 'Exchange', icon: ArrowLeftRight },
  { href: '/entitlements', label: 'Entitlements', icon: KeyRound },
  { href: '/devices', label: 'Devices', icon: MonitorSmartphone },
  { href: '/leases', label: 'Leases', icon: CalendarClock },
  { href: '/activity', label: 'Activity', icon: ScrollText },
  { href: '/sessions', label: 'Sign-ins', icon: ShieldUser },
];

const PEOPLE: NavItem = { href: '/people', label: 'People', icon: Users };
const SEARCH: NavItem = { href: '/search', label: 'Search', icon: Search };

const CLAIMS: NavItem = { href: '/claims', label: 'Claims', icon: MessageCircleQuestionMark };

const ROLE_WORDS: Record<PersonalActor['role'], string> = {
  member: 'Member',
  customer_admin: 'Administrator',
  support: 'Support',
};

/** Lists the navigation of a person. Includes claims only while one is open that this person can decide. */
async function navFor(actor: Actor): Promise<readonly NavItem[]> {
  const search = mayPerform(actor.role, 'support:search') ? [SEARCH] : [];
  const people = mayPerform(actor.role, 'person:manage') ? [PEOPLE] : [];
  const waiting = await perform(countClaims, {}, await requestContext());
  const count = waiting.ok ? waiting.value : 0;
  const claims = count === 0 ? [] : [{ ...CLAIMS, count }];
  return [...search, ...NAV.toSpliced(4, 0, ...claims, ...people)];
}

/** Frame of every page behind the sign-in. The pages check who is signed in, since Next.js does not render layouts on every visit. */
export default async function PortalLayout({ children }: { readonly children: ReactNode }) {
  const signedIn = await currentSignedIn();
  if (signedIn === null) return children;
  const vendor = await services().keyring.identity();
  const { name, customerName, actor, impersonation } = signedIn;
  return (
    <AppShell
      vendor={{ name: vendor.name }}
      nav={await navFor(actor)}
      reader={{ name, customer: customerName ?? vendor.name, role: ROLE_WORDS[actor.role] }}
      signOut="/api/auth/sign-out"
      banner={impersonation === null ? null : <Banner {...signedIn} impersonation={impersonation} />}
    >
      {children}
    </AppShell>
  );
}

function Banner({
  impersonation,
  name,
  customerName,
}: Pick<SignedIn, 'name' | 'customerName'> & { readonly impersonation: Impersonation }) {
  const impersonated = impersonation.ended ? null : { name, customer: customerName ?? '' };
  return <ImpersonationBanner impersonated={impersonated} endsAt={impersonation.endsAt} leave="/view/end" />;
}

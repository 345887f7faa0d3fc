import { FileClock, KeyRound } from '@lucide/icons';
import { TextLink } from '@/components/actions/text-link';
import { ExchangeTimeline } from '@/components/exchange/exchange-timeline';
import { EmptyState } from '@/components/feedback/empty-state';
import { Card } from '@/components/layout/card';
import { describePolicy } from '@/components/seats/describe-release';
import type { Fact } from '@/components/tables/facts';
import { Facts } from '@/components/tables/facts';
import { listAddress } from '@/components/tables/list-address';
import { describeSpan } from '@/components/time/describe-span';
import { Instant } from '@/components/time/instant';
import { DIALECT_WORDS } from '@/lib/licensing/dialects/words';
import type { Feature } from '@/lib/licensing/entitlements/entitlement';
import type { PlanType } from '@/lib/licensing/entitlements/plan';
import type { Overdraft } from '@/lib/licensing/seats/overdraft';
import type { EntitlementListed } from '@/lib/operations/entitlements/list-entitlements';
import type { ExchangeShown } from '@/lib/operations/exchange/show-exchange';
import { toTimeline } from '../../exchange/to-timeline';
import type { AllowancesShown } from './allowances';
import { allowanceFacts } from './allowances';

interface HistoryProps {
  readonly exchanges: readonly ExchangeShown[];
  readonly entitlementId: string;
}

/** Lists every file exchanged for the entitlement, newest first. */
export function EntitlementHistory({ exchanges, entitlementId }: HistoryProps) {
  if (exchanges.length === 0) {
    return (
      <EmptyState icon={FileClock} title="Nothing was exchanged yet">
        Every file in and out will be listed here, with its answer to download again.
      </EmptyState>
    );
  }
  return (
    <>
      <ExchangeTimeline events={exchanges.map(toTimeline)} />
      <p className="mt-6 text-sm">
        <TextLink href={listAddress('/activity', { entitlement: entitlementId })}>Everything that happened to it</TextLink>
      </p>
    </>
  );
}

const PLAN_WORDS: Record<PlanType, string> = {
  perpetual: 'Perpetual',
  'time-limited': 'For a time',
  trial: 'Trial',
  consumption: 'By consumption',
  subscription: 'Subscription',
};

function overdraftWords(overdraft: Overdraft): string {
  switch (overdraft.kind) {
    case 'none':
      return 'No seats above those bought';
    case 'absolute':
      return `${overdraft.seats} more than bought`;
    case 'percent':
      return `${overdraft.percent} % more than bought`;
    case 'unlimited':
      return 'Any number more than bought';
  }
}

function featureWords(feature: Feature, used: number): string {
  if (feature.kind === 'counted') {
    return feature.limit === Number.MAX_SAFE_INTEGER
      ? `${feature.code}: ${used} used, without a limit`
      : `${feature.code}: ${used} of ${feature.limit} used`;
  }
  return feature.enabled ? feature.code : `${feature.code} (off)`;
}

type Shown = EntitlementListed['entitlement'];

/** Lists the accepted file formats, unless only the native one is. */
function filesAnswered({ dialects }: Shown): Fact[] {
  if (dialects.length === 1 && dialects[0] === 'native') return [];
  return [{ term: 'Files answered', value: `Of ${dialects.map((id) => DIALECT_WORDS[id].software).join(', ')}` }];
}

interface TermsProps {
  readonly entitlement: Shown;
  readonly allowances: AllowancesShown;
  readonly now: Date;
}

/** Shows the terms of the entitlement, and what was used of them. */
export function EntitlementTerms({ entitlement, allowances, now }: TermsProps) {
  const { features, attributes, usage } = entitlement;
  const facts: Fact[] = [
    { term: 'Plan', value: PLAN_WORDS[entitlement.planType] },
    { term: 'Offering', value: entitlement.offeringCode, mono: true },
    { term: 'Term', value: <TermWords entitlement={entitlement} /> },
    { term: 'One file lets a device run', value: describeSpan(entitlement.offlineLeasePeriod) },
    { term: 'Grace', value: entitlement.gracePeriod === null ? 'None' : describeSpan(entitlement.gracePeriod) },
    { term: 'Seats bought', value: String(entitlement.seats) },
    { term: 'Overdraft', value: overdraftWords(entitlement.overdraft) },
    { term: 'Release without proof', value: describePolicy(entitlement.releasePolicy) },
    ...allowanceFacts(allowances, now),
    ...filesAnswered(entitlement),
    ...(entitlement.maintenanceEndsAt === null
      ? []
      : [{ term: 'Maintenance until', value: <Instant at={entitlement.maintenanceEndsAt} /> }]),
    ...(features.length === 0
      ? []
      : [{ term: 'Features', value: features.map((feature) => featureWords(feature, usage[feature.code] ?? 0)).join(', ') }]),
    ...Object.entries(attributes).map(([term, value]) => ({ term, value })),
  ];
  return (
    <Card>
      <Facts facts={facts} />
    </Card>
  );
}

function TermWords({ entitlement }: { readonly entitlement: Shown }) {
  const { startsAt, termEndsAt } = entitlement;
  if (startsAt === null) return <>Starts with the first activation, for {describeSpan(entitlement.termLength)}</>;
  return (
    <>
      From <Instant at={startsAt} focusable /> {termEndsAt === null ? 'without end' : 'until '}
      {termEndsAt === null ? null : <Instant at={termEndsAt} focusable />}
    </>
  );
}

/** Lists the activation codes by their last four characters, the only part stored. */
export function EntitlementCodes({ codes }: { readonly codes: EntitlementListed['codes'] }) {
  if (codes.length === 0) {
    return (
      <EmptyState icon={KeyRound} title="No activation code">
        Ask the vendor for one.
      </EmptyState>
    );
  }
  const facts = codes.map((code) => ({
    term: code.withdrawnAt === null ? 'In use' : 'Withdrawn',
    value: `ends in ${code.lastFour}`,
    mono: true,
  }));
  return (
    <Card>
      <Facts facts={facts} />
      <p className="mt-4 text-ink-3 text-xs">The whole code stands in the order. Only its last characters are kept here.</p>
    </Card>
  );
}

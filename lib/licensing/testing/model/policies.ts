import fc from 'fast-check';
import type { ReleaseRule } from '../../seats/release-policy';
import { RELEASE_RULES } from '../../seats/release-policy';
import { makeEntitlement, NOW, TAKE_OVER } from '../cases';
import type { Bound } from '../what-may-run';
import { boundOf } from '../what-may-run';
import { actsWith } from './acts';
import { play } from './play';
import type { Sold } from './rows';
import type { DialectOfModel } from './world';

/** A policy that a vendor may sell by. */
interface Policy {
  readonly dialect: DialectOfModel;
  readonly rule: ReleaseRule;
  readonly lease: string;
  readonly allowed: string;
  readonly reinstalls: number | null;
  readonly returns: number | null;
}

const SOLD_AS: readonly Pick<Policy, 'dialect' | 'lease'>[] = [
  { dialect: 'native', lease: 'P90D' },
  { dialect: 'licensespring', lease: 'P100Y' },
  { dialect: 'keygen', lease: 'P30D' },
];

const ALLOWANCES: readonly Pick<Policy, 'allowed' | 'reinstalls' | 'returns'>[] = [
  { allowed: 'by default', reinstalls: null, returns: null },
  { allowed: 'no reinstalls', reinstalls: 0, returns: null },
  { allowed: 'neither reinstalls nor returns', reinstalls: 0, returns: 0 },
];

const POLICIES: readonly Policy[] = SOLD_AS.flatMap((sold) =>
  ALLOWANCES.flatMap((allowance) => RELEASE_RULES.map((rule) => ({ ...sold, ...allowance, rule }))),
);

function saleOf({ dialect, rule, lease, reinstalls, returns }: Policy, seats: number): Sold {
  const allowances = { reinstalls: { times: reinstalls, days: null }, returns: { times: returns, days: null } };
  const term = { startsAt: new Date(0), termLength: null, termEndsAt: null };
  return {
    entitlement: makeEntitlement({ planType: 'perpetual', ...term, offlineLeasePeriod: lease, seats, allowances }),
    policy: { ...TAKE_OVER.policy, allowedBy: ['member', 'customer_admin'], frees: rule },
    dialects: [dialect],
    codeSeats: null,
    isUnique: false,
  };
}

const LEASES = { native: 'native, 90 days', licensespring: 'LicenseSpring, without end', keygen: 'Keygen, 30 days' } as const;

/** Software built for Keygen writes no proofs, so it returns no seats with one. */
function copiesOf({ dialect }: Policy, bound: Bound): string {
  if (dialect === 'keygen' || bound.returns === 0) return 'none';
  const every = `${bound.returns} in ${bound.returnSpanDays} days`;
  return bound.returnsAddUp ? `${every}, and they add up` : every;
}

/** The table of SECURITY.md, for ten seats. The release rules have the same bounds: they decide who is asked, and how soon. */
export function tableOfPolicies(): string {
  const rows = POLICIES.filter(({ rule }) => rule === 'at-once').map((policy) => {
    const bound = boundOf(saleOf(policy, 10).entitlement, NOW);
    const until = bound.returnsAddUp ? 'for ever' : `${bound.leaseDays} days from their last answer`;
    return `| ${LEASES[policy.dialect]} | ${policy.allowed} | ${bound.counted} | ${copiesOf(policy, bound)} | ${until} |`;
  });
  const head =
    '| leases | allowances | machines that run at once, with ten seats | copies of machines that gave their seat back | each copy runs for |';
  return [head, '|---|---|---|---|---|', ...rows].join('\n');
}

/** The most that a search found for one seat of each policy, and its bound. */
export function mostFound({ count, seed, most }: { count: number; seed: number; most: number }): string[] {
  return POLICIES.map((policy) => {
    const sold = saleOf(policy, 1);
    const bound = boundOf(sold.entitlement, NOW);
    const sampled = fc.sample(actsWith(sold.dialects, most), { numRuns: count, seed });
    const found = sampled.reduce((highest, acts) => Math.max(highest, play({ sold, acts }).most), 0);
    const name = `${LEASES[policy.dialect]}; ${policy.allowed}; ${policy.rule}`;
    return `${name}: ${found} at once (${bound.counted}, and copies: ${copiesOf(policy, bound)})`;
  });
}

import { boundOf } from '../../what-may-run';
import { makeEntitlement, NOW } from '../cases';

/** A policy, and what it comes to for ten seats. */
export interface PolicyRow {
  readonly policy: string;
  readonly atOnce: string;
  readonly copies: string;
  readonly until: string;
}

const SEATS = 10;

const LEASES = [
  { sold: 'leases of 30 days and 7 of grace', lease: 'P30D', grace: 'P7D' },
  { sold: 'leases of 90 days', lease: 'P90D', grace: null },
  { sold: 'a licence without end (LicenseSpring, Keygen)', lease: 'P100Y', grace: null },
] as const;

const ALLOWANCES = [
  { allowed: 'allowances by default', reinstalls: null, returns: null },
  { allowed: 'no reinstalls', reinstalls: 0, returns: null },
  { allowed: 'no reinstalls, no returns', reinstalls: 0, returns: 0 },
] as const;

/** What may run, for ten seats: a row for each kind of lease and allowance. Release rules change how fast the bound is reached, not the bound. */
export function tableOfPolicies(): PolicyRow[] {
  return LEASES.flatMap(({ sold, lease, grace }) =>
    ALLOWANCES.map(({ allowed, reinstalls, returns }) => {
      const allowances = { reinstalls: { times: reinstalls, days: null }, returns: { times: returns, days: null } };
      const entitlement = { planType: 'perpetual', offlineLeasePeriod: lease, gracePeriod: grace, seats: SEATS } as const;
      const bound = boundOf(makeEntitlement({ ...entitlement, allowances }), NOW);
      const each = bound.returnsAddUp ? `${bound.returns} more every ${bound.returnSpanDays} days` : `${bound.returns} more`;
      return {
        policy: `${sold}; ${allowed}`,
        atOnce: `${bound.counted}`,
        copies: bound.returns === 0 ? 'none' : each,
        until: bound.returnsAddUp ? 'for ever' : `${bound.leaseDays} days from their last answer`,
      };
    }),
  );
}

/** The table as it stands in SECURITY.md. */
export function markdownOf(rows: readonly PolicyRow[]): string {
  const lines = rows.map(({ policy, atOnce, copies, until }) => `| ${policy} | ${atOnce} | ${copies} | ${until} |`);
  return [
    '| ten seats, with | run at once | and copies made before a proof | each of them |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n');
}

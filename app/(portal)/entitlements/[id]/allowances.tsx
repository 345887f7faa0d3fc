import type { Fact } from '@/components/tables/facts';
import { Described } from '@/components/time/described';
import type { AllowanceLeft } from '@/lib/licensing/seats/allowance';
import { describeAllowance } from '@/lib/licensing/seats/describe-seats';

export interface AllowancesShown {
  readonly reinstalls: AllowanceLeft;
  readonly returns: AllowanceLeft;
}

/** Shows what is left of the allowances that were used. */
export function AllowancesUsed({ reinstalls, returns, now }: AllowancesShown & { readonly now: Date }) {
  return (
    <ul className="grid gap-1 text-ink-2 text-sm empty:hidden">
      {reinstalls.nextAt === null ? null : (
        <li>
          Reinstalls: <Described parts={describeAllowance(reinstalls, now)} />.
          {reinstalls.left === 0 ? ' Until then, a machine that is set up anew takes a seat of its own.' : null}
        </li>
      )}
      {returns.nextAt === null || returns.left > 0 ? null : (
        <li>
          Seats given back: <Described parts={describeAllowance(returns, now)} />. Until then, a seat that is given back comes
          free once the lease of its machine has run out.
        </li>
      )}
    </ul>
  );
}

/** The allowances of an entitlement, as facts. */
export function allowanceFacts({ reinstalls, returns }: AllowancesShown, now: Date): Fact[] {
  return [
    { term: 'Reinstalls', value: <Described parts={describeAllowance(reinstalls, now)} /> },
    { term: 'Proofs that free a seat at once', value: <Described parts={describeAllowance(returns, now)} /> },
  ];
}

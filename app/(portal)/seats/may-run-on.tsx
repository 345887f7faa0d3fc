import { MayRun } from '@/components/seats/may-run';
import type { FreedSeat } from '@/lib/licensing/seats/allowance';
import { possiblyRunning } from '@/lib/licensing/seats/allowance';
import type { EntitlementMachines } from '@/lib/operations/entitlements/show-entitlement';

interface MayRunOnProps {
  readonly entitlement: { readonly seatsHeld: number; readonly freed: readonly FreedSeat[] };
  readonly now: Date;
  /** Machines by name, on the page of the entitlement. */
  readonly machines?: EntitlementMachines;
}

/** Shows how many machines may run on an entitlement, when they are more than the seats in use. */
export function MayRunOn({ entitlement, now, machines = [] }: MayRunOnProps) {
  const { seatsHeld, freed } = entitlement;
  const ends = freed.map(({ runsOutAt }) => runsOutAt.getTime());
  const last = Math.max(now.getTime(), ...ends);
  return (
    <MayRun
      running={possiblyRunning(seatsHeld, freed, now)}
      held={seatsHeld}
      until={last > now.getTime() ? new Date(last) : null}
      machines={machines.map(({ activationId, device, ...machine }) => ({
        ...machine,
        id: activationId,
        name: device?.name ?? null,
        ...(device === null ? {} : { href: `/devices/${device.id}` }),
      }))}
    />
  );
}

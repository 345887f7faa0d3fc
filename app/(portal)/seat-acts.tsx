import { ButtonLink } from '@/components/acts/button-link';
import { SubmitButton } from '@/components/acts/submit-button';
import type { ActivationState } from '@/lib/licensing/activation';
import type { Role } from '@/lib/operations/actor';
import { mayPerform } from '@/lib/operations/permission';
import { refreshLease } from './entitlements/actions';

interface SeatActsProps {
  readonly activation: { readonly id: string; readonly deviceName: string };
  /** As the clock has made it. */
  readonly state: ActivationState;
  readonly role: Role;
  /** The page to come back to. */
  readonly place: { readonly entitlement: string } | { readonly device: string };
}

/** What can be done with a seat: a new lease, or a release without proof. Nothing for seats that are given up. */
export function SeatActs({ activation, state, role, place }: SeatActsProps) {
  if (state !== 'active' && state !== 'lease_expired') return null;
  const [[field, value] = ['', '']] = Object.entries(place);
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      <form action={refreshLease}>
        <input type="hidden" name="activation" value={activation.id} />
        <input type="hidden" name={field} value={value} />
        <SubmitButton kind="secondary" size="small" busyText="Writing…">
          Refresh file<span className="sr-only"> for {activation.deviceName}</span>
        </SubmitButton>
      </form>
      {mayPerform(role, 'seat:release') ? (
        <ButtonLink href={`/seats/${activation.id}/release`} kind="quiet" size="small">
          Release…<span className="sr-only"> the seat of {activation.deviceName}</span>
        </ButtonLink>
      ) : null}
    </div>
  );
}

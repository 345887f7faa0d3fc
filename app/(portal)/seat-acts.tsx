import { ButtonLink } from '@/components/acts/button-link';
import type { ActivationState } from '@/lib/licensing/activation';
import type { Role } from '@/lib/operations/actor';
import { mayPerform } from '@/lib/operations/permission';
import type { RefreshFormProps } from './refresh-form';
import { RefreshForm } from './refresh-form';

interface SeatActsProps extends RefreshFormProps {
  /** As the clock has made it. */
  readonly state: ActivationState;
  readonly role: Role;
}

/** What can be done with a seat: a new lease, or a release without proof. Nothing for seats that are given up. */
export function SeatActs({ activation, state, role, place }: SeatActsProps) {
  if (state !== 'active' && state !== 'lease_expired') return null;
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      <RefreshForm activation={activation} place={place} />
      {mayPerform(role, 'seat:release') ? (
        <ButtonLink href={`/seats/${activation.id}/release`} kind="quiet" size="small">
          Release…<span className="sr-only"> the seat of {activation.deviceName}</span>
        </ButtonLink>
      ) : null}
    </div>
  );
}

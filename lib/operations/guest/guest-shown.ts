import type { Lease } from '@/lib/licensing/leases/lease';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { ActivationPreview, DeactivationPreview, PreviewedSeats } from '../exchange/describe-preview';

/** What a guest is told of every file that proves its right. Names of the device are those that the file or its answer carries. */
export interface Proven {
  readonly now: Date;
  readonly deviceName: string;
  readonly productName: string;
  readonly seats: PreviewedSeats;
}

export interface GuestActivation
  extends Proven,
    Pick<
      ActivationPreview,
      'isRenewal' | 'takesSeat' | 'seat' | 'mayBeAnother' | 'code' | 'bundle' | 'issuedAt' | 'clockSkewSeconds'
    > {
  readonly state: 'activation';
  readonly lease: Lease;
}

export interface GuestDeactivation extends Proven, Pick<DeactivationPreview, 'freesSeat' | 'seat' | 'issuedAt'> {
  readonly state: 'deactivation';
}

/** The answer is there, byte for byte as it was made. */
export interface GuestAnswered extends Proven {
  readonly state: 'answered';
  readonly reply: { readonly name: string; readonly text: string };
  readonly leaseEndsAt: Date | null;
}

export interface GuestReturned extends Proven {
  readonly state: 'returned';
  readonly returnedAt: Date;
  /** Until when the seat stays in use; null when it is free. */
  readonly heldUntil: Date | null;
}

export interface GuestRefused {
  readonly state: 'refused';
  readonly rejection: Rejection;
  /** What support finds the attempt by. */
  readonly reference: string;
  /** The file is kept and may go through later. */
  readonly isKept: boolean;
}

/** All that a guest is told of a file they handed in: a closed list, made of what the file proves and of nothing else. */
export type GuestFile = GuestActivation | GuestDeactivation | GuestAnswered | GuestReturned | GuestRefused;

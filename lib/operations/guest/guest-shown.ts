import type { Lease } from '@/lib/licensing/leases/lease';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { Description } from '@/lib/licensing/seats/describe-seats';
import type { CodeShown } from '../entitlements/code-shown';

/** The seats of the file's own entitlement: bought, in use now, and in use once the file is answered. */
export interface GuestSeats {
  readonly bought: number;
  readonly heldNow: number;
  readonly heldThen: number;
}

/** What a guest is told of every file that proves its right. Names of the device are those that the file or its answer carries. */
interface Proven {
  readonly now: Date;
  readonly deviceName: string;
  readonly productName: string;
  readonly seats: GuestSeats;
}

export interface GuestActivation extends Proven {
  readonly state: 'activation';
  /** The device has, or had, a seat already. */
  readonly isRenewal: boolean;
  readonly takesSeat: boolean;
  /** What becomes of the seat of the machine that this one looks like, and why. Names none. */
  readonly lookalike: Description;
  /** Whether it gets a seat of its own as well, if it is another machine. */
  readonly mayBeAnother: boolean;
  readonly lease: Lease;
  readonly code: CodeShown;
  /** All that the file asks for, when that is a bundle; empty otherwise. */
  readonly bundle: readonly { readonly title: string; readonly seats: number; readonly heldThen: number }[];
  readonly issuedAt: Date | null;
  readonly clockSkewSeconds: number;
}

export interface GuestDeactivation extends Proven {
  readonly state: 'deactivation';
  readonly freesSeat: boolean;
  /** Until when the seat stays in use, and why; nothing when it does not. */
  readonly held: Description;
  readonly issuedAt: Date;
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

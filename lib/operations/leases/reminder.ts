import type { ReservedReminder } from '@/db/leases/lease-reminders';
import type { Rejection } from '@/lib/licensing/refusals/rejection';

/** The refresh file for one device of a reminder, or why there is none. */
export type ReminderFile =
  | { readonly kind: 'file'; readonly name: string; readonly text: string; readonly endsAt: Date }
  | { readonly kind: 'refused'; readonly rejection: Rejection }
  /** The entitlement itself ends with the lease: no file lets the device run longer. */
  | { readonly kind: 'no-longer' }
  /** Too many for one mail, or not wanted. */
  | { readonly kind: 'in-portal' };

/** A lease that ends soon. */
export type ReminderLease = ReservedReminder['leases'][number] & { readonly file: ReminderFile };

/** The content of one reminder mail; leases are ordered by their end. */
export interface Reminder {
  readonly userId: string;
  readonly customerId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly withFiles: boolean;
  readonly leases: readonly ReminderLease[];
}

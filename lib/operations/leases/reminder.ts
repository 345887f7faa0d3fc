import type { ReservedReminder } from '@/db/leases/lease-reminders';
import type { Rejection } from '@/lib/licensing/refusals/rejection';

/** What a reminder brings for one device: its refresh file, or why there is none. */
export type ReminderFile =
  | { readonly kind: 'file'; readonly name: string; readonly text: string; readonly endsAt: Date }
  | { readonly kind: 'refused'; readonly rejection: Rejection }
  /** The licence itself ends then: no file lets the device run longer. */
  | { readonly kind: 'no-longer' }
  /** Too many for one mail, or not wanted. */
  | { readonly kind: 'in-portal' };

/** A lease that ends soon. */
export type ReminderLease = ReservedReminder['leases'][number] & { readonly file: ReminderFile };

/** All that one mail reminds of, the lease that ends first at first. */
export interface Reminder {
  readonly userId: string;
  readonly customerId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly withFiles: boolean;
  readonly leases: readonly ReminderLease[];
}

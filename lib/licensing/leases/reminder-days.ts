/** How many days before a lease ends people can be reminded of it. */
export const REMINDER_DAYS = [30, 7, 1] as const;
export type ReminderDay = (typeof REMINDER_DAYS)[number];

/** A person's choice of reminders before leases end. */
export interface ReminderSetting {
  /** Days before the end; empty: never. */
  readonly days: readonly ReminderDay[];
  /** Whether refresh files come with the mail. */
  readonly withFiles: boolean;
}

/** The default choice. */
export const USUAL_REMINDERS: ReminderSetting = { days: REMINDER_DAYS, withFiles: true };

import { sql } from 'drizzle-orm';
import type { OperationContext } from '@/lib/operations/context';
import { activationOf, exchange } from '@/lib/operations/testing/exchange';
import type { TestCustomer, TestEntitlement } from '@/lib/operations/testing/test-customer';
import { makeCustomer, makeEntitlement, makeMember } from '@/lib/operations/testing/test-customer';
import { makeDevice } from '@/lib/operations/testing/test-device';
import type { TestPortal } from '@/lib/operations/testing/test-portal';
import { sendReminders } from '../leases/send-reminders';
import type { MailText } from '../mail/mail-text';

const DAY_MS = 86_400_000;

/** A mail that was sent. */
export type Mail = MailText & { readonly to: string };

/** Sends a mail, or fails to. */
export type Send = (to: { readonly address: string }, mail: MailText) => Promise<unknown>;

/** A customer with licences of 90 days, the day their devices were activated, and a mailbox. */
export interface ReminderScene {
  readonly customer: TestCustomer;
  /** Assigned to the customer's member. */
  readonly entitlement: TestEntitlement;
  /** So many days after the devices were activated. */
  day(days: number): Date;
  asAdmin(now: Date): OperationContext;
  asMember(now: Date): OperationContext;
  activate(name: string, on?: TestEntitlement): Promise<string>;
  /** Another member that the entitlement is assigned to. */
  addColleague(): Promise<void>;
  /** Lets a worker remind. Mails go to the mailbox unless `send` says otherwise. Answers how many were taken. */
  run(now: Date, send?: Send): Promise<number>;
  /** Puts a mail into the mailbox. */
  readonly post: Send;
  /** Empties the mailbox. */
  take(): Mail[];
  /** On which day each lease of an activation ends. */
  leaseEndsOf(activationId: string): Promise<number[]>;
}

export const filesOf = (mail: Mail | undefined) => (mail?.attachments ?? []).map(({ filename }) => filename);

/** Makes the scene. Whoever earlier scenes of the portal left behind hears no more. */
export async function makeReminderScene(portal: TestPortal): Promise<ReminderScene> {
  await portal.db.execute(sql`update users set disabled_at = now() where disabled_at is null`);
  const startedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
  const customer = await makeCustomer(portal);
  const entitlement = await makeEntitlement(portal, customer, { seats: 50 });
  const mails: Mail[] = [];
  const post: Send = async (to, mail) => mails.push({ ...mail, to: to.address });
  return {
    customer,
    entitlement,
    day: (days) => new Date(startedAt.getTime() + days * DAY_MS),
    asAdmin: (now) => portal.contextFor(customer.admin, now),
    asMember: (now) => portal.contextFor(customer.member, now),
    async activate(name, on = entitlement) {
      const request = await (await makeDevice(portal, { ...on, name })).request({ issuedAt: startedAt });
      return activationOf(portal, await exchange(portal.contextFor(customer.admin, startedAt), request));
    },
    async addColleague() {
      const userId = await makeMember(portal, customer);
      await portal.db.execute(sql`insert into entitlement_assignments (customer_id, entitlement_id, user_id)
        values (${customer.id}::uuid, ${entitlement.id}::uuid, ${userId}::uuid)`);
    },
    run(now, send = post) {
      const url = new URL('https://portal.example.com');
      return sendReminders(portal.contextFor({ role: 'operator', label: 'portal' }, now), { url, send });
    },
    post,
    take: () => mails.splice(0),
    async leaseEndsOf(activationId) {
      const rows = await portal.db.execute<{ day: number }>(sql`
        select round(extract(epoch from ends_at - ${startedAt.toISOString()}::timestamptz) / 86400)::integer as day
        from leases where activation_id = ${activationId}::uuid order by sequence`);
      return rows.map((row) => row.day);
    },
  };
}

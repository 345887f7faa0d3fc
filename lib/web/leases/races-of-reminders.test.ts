import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reserveReminder } from '@/lib/operations/leases/send-reminder';
import { done } from '@/lib/operations/testing/scenes/operator-scene';
import { OPERATOR } from '@/lib/operations/testing/test-customer';
import type { TestPortal } from '@/lib/operations/testing/test-portal';
import { makeTestPortal } from '@/lib/operations/testing/test-portal';
import type { Mail, ReminderScene } from '../testing/reminder-scene';
import { filesOf, makeReminderScene } from '../testing/reminder-scene';

const MINUTE_MS = 60_000;

let portal: TestPortal;
let scene: ReminderScene;

beforeAll(async () => {
  portal = await makeTestPortal({ connections: 8 });
});

afterAll(() => portal.close());

beforeEach(async () => {
  scene = await makeReminderScene(portal);
});

describe('workers that remind at once', () => {
  /** Starts a second worker while the mail of the first is on its way. */
  async function meanwhile(second: () => Promise<unknown>): Promise<Mail[]> {
    await scene.run(scene.day(61), async (to, mail) => {
      await second();
      await scene.post(to, mail);
    });
    return scene.take();
  }

  it('send one mail, where a claim that nobody honours would send two', async () => {
    await scene.activate('Press 7');
    expect(await meanwhile(() => scene.run(scene.day(61)))).toHaveLength(1);
    const another = await scene.activate('Press 8');
    const forget = sql`update lease_reminders set claimed_at = claimed_at - interval '1 hour' where activation_id = ${another}::uuid`;
    const twice = await meanwhile(async () => {
      await portal.db.execute(forget);
      await scene.run(scene.day(61));
    });
    expect(twice.map(filesOf)).toEqual([['Press 8.refresh'], ['Press 8.refresh']]);
    expect(await scene.leaseEndsOf(another)).toHaveLength(2);
  });

  it('in any number send each mail once, and make each file once', async () => {
    const ids = [await scene.activate('Press 1'), await scene.activate('Press 2'), await scene.activate('Press 3')];
    await scene.addColleague();
    const sent = await Promise.all(Array.from({ length: 5 }, () => scene.run(scene.day(61))));
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(2);
    expect(scene.take().map((mail) => filesOf(mail).length)).toEqual([3, 3]);
    for (const id of ids) expect(await scene.leaseEndsOf(id)).toHaveLength(2);
  });

  it('take up what one of them was killed over, a quarter of an hour later, with the file it had made', async () => {
    const activationId = await scene.activate('Press 7');
    const killed = portal.contextFor(OPERATOR, scene.day(61));
    const { userId } = scene.customer.member as { userId: string };
    const claimed = await done(reserveReminder, { userId }, killed);
    expect(claimed?.leases).toHaveLength(1);
    expect(await scene.run(new Date(scene.day(61).getTime() + 14 * MINUTE_MS))).toBe(0);
    expect(await scene.run(new Date(scene.day(61).getTime() + 16 * MINUTE_MS))).toBe(1);
    const [lease] = claimed?.leases ?? [];
    expect(scene.take()[0]?.attachments?.[0]?.content).toBe(lease?.file.kind === 'file' ? lease.file.text : '');
    expect(await scene.leaseEndsOf(activationId)).toHaveLength(2);
    expect(await scene.run(scene.day(62))).toBe(0);
  });
});

describe('a mail server', () => {
  const failing = (error: object) => () => Promise.reject(Object.assign(new Error('no'), error));

  it('that cannot take a mail now is asked again by the next run', async () => {
    await scene.activate('Press 7');
    expect(await scene.run(scene.day(61), failing({ code: 'ECONNREFUSED' }))).toBe(0);
    expect(await scene.run(scene.day(61.01), failing({ responseCode: 451 }))).toBe(0);
    expect(await scene.run(scene.day(61.02))).toBe(1);
  });

  it('that refuses an address for good is not asked again, and the audit says so', async () => {
    await scene.activate('Press 7');
    expect(await scene.run(scene.day(61), failing({ responseCode: 550 }))).toBe(0);
    expect(await scene.run(scene.day(61.02))).toBe(0);
    expect(await scene.run(scene.day(83))).toBe(1);
    const rows = await portal.db.execute<{ action: string; detail: unknown }>(
      sql`select action, detail from audit_entries where customer_id = ${scene.customer.id}::uuid and action like 'reminder.%' order by id`,
    );
    expect(rows.map(({ action }) => action)).toEqual(['reminder.mail-refused', 'reminder.mailed']);
    expect(rows[1]?.detail).toMatchObject({ email: scene.customer.member.label, leases: 1 });
  });
});

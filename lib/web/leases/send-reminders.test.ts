import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requirePerson } from '@/lib/operations/actor';
import { chooseReminders } from '@/lib/operations/leases/choose-reminders';
import { issueRefresh } from '@/lib/operations/leases/issue-refresh';
import { listLeases } from '@/lib/operations/leases/list-leases';
import { resendReminder } from '@/lib/operations/leases/resend-reminder';
import { perform } from '@/lib/operations/operation';
import { removePerson } from '@/lib/operations/people/change-person';
import { releaseSeat } from '@/lib/operations/seats/release-seat';
import { done } from '@/lib/operations/testing/scenes/operator-scene';
import { makeCustomer, makeEntitlement } from '@/lib/operations/testing/test-customer';
import type { TestPortal } from '@/lib/operations/testing/test-portal';
import { makeTestPortal } from '@/lib/operations/testing/test-portal';
import type { ReminderScene } from '../testing/reminder-scene';
import { filesOf, makeReminderScene } from '../testing/reminder-scene';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

let portal: TestPortal;
let scene: ReminderScene;

beforeAll(async () => {
  portal = await makeTestPortal({ connections: 8 });
});

afterAll(() => portal.close());

beforeEach(async () => {
  scene = await makeReminderScene(portal);
});

describe('a reminder', () => {
  it('comes 30, 7 and 1 days before the lease of a device ends, once each, with the same refresh file', async () => {
    const activationId = await scene.activate('Press 7');
    const second = 1000;
    const steps: number[] = [];
    const contents = new Set<string>();
    for (const at of [
      ...[
        scene.day(1),
        new Date(scene.day(60).getTime() - second),
        scene.day(60),
        new Date(scene.day(60).getTime() + HOUR_MS),
        scene.day(75),
      ],
      ...[
        new Date(scene.day(83).getTime() - second),
        scene.day(83),
        scene.day(85),
        new Date(scene.day(89).getTime() - second),
        scene.day(89),
        scene.day(89.9),
      ],
    ]) {
      await scene.run(at);
      for (const mail of scene.take()) {
        steps.push((at.getTime() - scene.day(0).getTime()) / DAY_MS);
        expect(mail.to).toBe(scene.customer.member.label);
        expect(filesOf(mail)).toEqual(['Press 7.refresh']);
        contents.add(mail.attachments?.[0]?.content ?? '');
      }
    }
    expect(steps).toEqual([60, 83, 89]);
    expect(contents.size).toBe(1);
    expect([...contents][0]).toContain('BEGIN REFRESH');
    expect(await scene.leaseEndsOf(activationId)).toEqual([90, 150]);
  });

  it('comes anew for the lease of its own file, once the lease before has ended', async () => {
    const activationId = await scene.activate('Press 7');
    await scene.run(scene.day(60));
    scene.take();
    await scene.run(scene.day(100));
    expect(scene.take()).toEqual([]);
    await scene.run(scene.day(120));
    expect(filesOf(scene.take()[0])).toEqual(['Press 7.refresh']);
    await scene.run(scene.day(121));
    expect(scene.take()).toEqual([]);
    await scene.run(scene.day(143));
    expect(scene.take()).toHaveLength(1);
    expect(await scene.leaseEndsOf(activationId)).toEqual([90, 150, 210]);
  });

  it('of a lease that somebody renewed starts anew at once', async () => {
    const activationId = await scene.activate('Press 7');
    await scene.run(scene.day(60));
    scene.take();
    await done(issueRefresh, { activationId }, scene.asMember(scene.day(80)));
    for (const at of [83, 89, 100, 139]) await scene.run(scene.day(at));
    expect(scene.take()).toEqual([]);
    await scene.run(scene.day(140));
    expect(scene.take()).toHaveLength(1);
  });

  it('is told of in the list of leases while its file may not be on the device', async () => {
    const activationId = await scene.activate('Press 7');
    const told = async (at: Date) => (await done(listLeases, {}, scene.asMember(at))).rows[0]?.endsAtWithoutMail;
    expect(await told(scene.day(61))).toBeNull();
    await scene.run(scene.day(61));
    expect(await told(scene.day(61))).toEqual(scene.day(90));
    expect(await told(scene.day(91))).toBeNull();
    await done(issueRefresh, { activationId }, scene.asMember(scene.day(70)));
    expect(await told(scene.day(71))).toBeNull();
  });

  it('lists all devices of a person in one mail, and attaches twenty files at most', async () => {
    for (let number = 1; number <= 22; number += 1) await scene.activate(`Press ${number}`);
    expect(await scene.run(scene.day(84))).toBe(1);
    const [mail] = scene.take();
    expect(filesOf(mail)).toHaveLength(20);
    expect(mail?.subject).toMatch(/^22 leases end soon, the first on /);
    for (let number = 1; number <= 22; number += 1) expect(mail?.text).toContain(`Press ${number}, Press Control Pro`);
    expect(mail?.text.match(/Get its refresh file in the portal/g)).toHaveLength(2);
    expect(mail?.text).toContain('https://portal.example.com/leases#reminders');
  });

  it('goes to all that a licence is assigned to with one file, and to administrators where there is nobody', async () => {
    await scene.addColleague();
    const theirs = await scene.activate('Theirs');
    const others = await makeEntitlement(portal, scene.customer);
    await portal.db.execute(sql`delete from entitlement_assignments where entitlement_id = ${others.id}`);
    await scene.activate('Of nobody', others);
    expect(await scene.run(scene.day(61))).toBe(3);
    const sent = scene.take();
    expect(sent.filter((mail) => filesOf(mail)[0] === 'Theirs.refresh')).toHaveLength(2);
    expect(sent.filter(({ to }) => to === scene.customer.admin.label).map(filesOf)).toEqual([['Of nobody.refresh']]);
    expect(sent.map(({ to }) => to)).not.toContain(scene.customer.stranger.label);
    expect(await scene.leaseEndsOf(theirs)).toHaveLength(2);
  });

  it('does not go to somebody who was removed, or has the licence no more', async () => {
    await scene.activate('Press 7');
    if (scene.customer.member.role !== 'member') throw new Error('expected a member');
    await portal.db.execute(sql`delete from entitlement_assignments where entitlement_id = ${scene.entitlement.id}`);
    expect(await scene.run(scene.day(61))).toBe(1);
    expect(scene.take().map(({ to }) => to)).toEqual([scene.customer.admin.label]);
    await done(removePerson, { personId: requirePerson(scene.customer.member).userId }, scene.asAdmin(scene.day(61)));
    await scene.run(scene.day(84));
    expect(scene.take().map(({ to }) => to)).toEqual([scene.customer.admin.label]);
  });

  it('comes on the days that somebody chose, without files if they want none', async () => {
    const activationId = await scene.activate('Press 7');
    await done(chooseReminders, { days: [7], withFiles: false }, scene.asMember(scene.day(0)));
    await scene.run(scene.day(61));
    expect(scene.take()).toEqual([]);
    await scene.run(scene.day(83));
    const [mail] = scene.take();
    expect(filesOf(mail)).toEqual([]);
    expect(mail?.text).toContain('Get its refresh file in the portal.');
    await done(chooseReminders, { days: [], withFiles: true }, scene.asMember(scene.day(0)));
    await scene.run(scene.day(89.5));
    expect(scene.take()).toEqual([]);
    expect(await scene.leaseEndsOf(activationId)).toEqual([90]);
  });

  it('that cannot be made for one person comes for the others', async () => {
    const broken = await scene.activate('Broken');
    const others = await makeEntitlement(portal, scene.customer);
    await portal.db.execute(sql`delete from entitlement_assignments where entitlement_id = ${others.id}`);
    await scene.activate('Whole', others);
    await portal.db.execute(sql`update activations set reply_to = '{}' where id = ${broken}::uuid`);
    expect(await scene.run(scene.day(61))).toBe(1);
    expect(scene.take().map(({ to }) => to)).toEqual([scene.customer.admin.label]);
  });

  it('says why there is no file and what to do instead, and makes none', async () => {
    const activationId = await scene.activate('Press 7');
    await portal.db.execute(
      sql`update entitlements set disabled_at = ${scene.day(10).toISOString()}::timestamptz where id = ${scene.entitlement.id}`,
    );
    await scene.run(scene.day(84));
    const [mail] = scene.take();
    expect(filesOf(mail)).toEqual([]);
    expect(mail?.text).toContain('It gets no new file: This entitlement is disabled.');
    expect(await scene.leaseEndsOf(activationId)).toEqual([90]);
  });

  it('of a lease that ends with the licence says that no file helps', async () => {
    const ending = await makeEntitlement(portal, scene.customer, { termEndsAt: scene.day(40) });
    const activationId = await scene.activate('Press 7', ending);
    await scene.run(scene.day(35));
    expect(scene.take()[0]?.text).toContain('The licence itself ends then');
    expect(await scene.leaseEndsOf(activationId)).toEqual([40]);
  });

  it('does not come for a lease that was never longer than the step, nor for a seat that was released', async () => {
    const short = await makeEntitlement(portal, scene.customer, { offlineLeasePeriod: 'P7D' });
    await scene.activate('Short', short);
    await scene.run(scene.day(0.1));
    expect(scene.take()).toEqual([]);
    const released = await scene.activate('Released');
    await done(releaseSeat, { activationId: released, reason: 'lost' }, scene.asAdmin(scene.day(1)));
    await scene.run(scene.day(61));
    expect(scene.take()).toEqual([]);
  });
});

describe('a reminder that somebody asks for once more', () => {
  const again = (now: Date, context = scene.asAdmin(now)) =>
    perform(resendReminder, { personId: requirePerson(scene.customer.member).userId }, context);

  it('goes out again with the same file, by itself or at once, and is in the audit', async () => {
    await scene.activate('Press 7');
    await scene.run(scene.day(60));
    const [first] = scene.take();
    await scene.run(scene.day(61));
    expect(scene.take()).toEqual([]);

    expect(await again(scene.day(61))).toMatchObject({ ok: true, value: { leases: 1 } });
    await scene.run(scene.day(61));
    const mails = scene.take();
    expect(mails.map(({ to }) => to)).toEqual([scene.customer.member.label]);
    expect(mails[0]?.attachments?.[0]?.content).toBe(first?.attachments?.[0]?.content);
    const rows = await portal.db.execute(sql`select actor, detail->'leases' as leases from audit_entries
      where action = 'reminder.wanted' and customer_id = ${scene.customer.id}`);
    expect([...rows]).toEqual([{ actor: scene.customer.admin.label, leases: 1 }]);
  });

  it('does not when no lease of theirs ends soon', async () => {
    await scene.activate('Press 7');
    expect(await again(scene.day(10))).toMatchObject({ rejection: { code: 'nothing-to-remind' } });
    await scene.run(scene.day(10));
    expect(scene.take()).toEqual([]);
  });

  it('does not by a member, nor by an administrator of another customer', async () => {
    await scene.activate('Press 7');
    await scene.run(scene.day(60));
    scene.take();
    expect(await again(scene.day(61), scene.asMember(scene.day(61)))).toMatchObject({ rejection: { code: 'not-allowed' } });
    const { admin } = await makeCustomer(portal, 'Southgate Works');
    expect(await again(scene.day(61), portal.contextFor(admin, scene.day(61)))).toMatchObject({
      rejection: { code: 'not-found' },
    });
    await scene.run(scene.day(61));
    expect(scene.take()).toEqual([]);
  });
});

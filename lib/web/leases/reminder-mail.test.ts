import { describe, expect, it } from 'vitest';
import type { ReminderFile, ReminderLease } from '@/lib/operations/leases/reminder';
import { writeReminderMail } from './reminder-mail';

const portal = { vendorName: 'Kestrel Automation', url: new URL('https://portal.example.com') };
const to = { name: 'Mira <b>', address: 'mira@example.com' };
const endsAt = new Date('2026-12-12T14:05:00Z');
const file: ReminderFile = { kind: 'file', name: 'press.refresh', text: 'one', endsAt: new Date('2027-03-12T14:05:00Z') };

const lease = (deviceName: string, with_: ReminderFile): ReminderLease => ({
  ...{ activationId: '', sequence: 1, days: 7, endsAt, deviceName, productName: 'Press Control', edition: 'Pro' },
  file: with_,
});

describe('the mail of a reminder', () => {
  it('says which file goes to which device, and until when it runs with it', () => {
    const leases = [lease('Press', file), lease('press', { ...file, name: 'PRESS.refresh', text: 'two' })];
    const { text, attachments } = writeReminderMail({ to, leases }, portal);
    expect(attachments?.map(({ filename, content }) => [filename, content])).toEqual([
      ['press.refresh', 'one'],
      ['PRESS (2).refresh', 'two'],
    ]);
    expect(text).toContain(
      'Carry the attached file “PRESS (2).refresh” to the device. With it the device runs until 12 Mar 2027, 14:05 UTC.',
    );
  });

  it('tells of one lease in its subject by the name of the device', () => {
    const { subject } = writeReminderMail({ to, leases: [lease('Press 7', file)] }, portal);
    expect(subject).toBe('The lease of Press 7 ends on 12 Dec 2026, 14:05 UTC');
  });

  it('is no markup, and leads to the setting', () => {
    const mail = writeReminderMail({ to, leases: [lease('<img src=x>', { kind: 'in-portal' })] }, portal);
    expect(mail.html).not.toMatch(/<img|Mira <b>/);
    expect(mail.html).toContain('href="https://portal.example.com/leases#reminders"');
    expect(mail.list).toEqual({ unsubscribe: 'https://portal.example.com/leases#reminders' });
  });

  it('lists a hundred devices, and counts the others', () => {
    const leases = Array.from({ length: 103 }, (_, index) => lease(`Press ${index}`, { kind: 'in-portal' }));
    const { text } = writeReminderMail({ to, leases }, portal);
    expect(text.match(/Its lease ends on/g)).toHaveLength(100);
    expect(text).toContain('3 more leases end soon.');
  });
});

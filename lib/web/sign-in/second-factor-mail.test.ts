import { expect, test } from 'vitest';
import type { SecondFactorMail } from '@/lib/operations/sign-in/second-factor-mail';
import { writeSecondFactorMail } from './second-factor-mail';

const portal = { vendorName: 'Kestrel', supportContact: 'licences@example.com', url: new URL('https://portal.example.com') };
const write = (what: SecondFactorMail['what']) =>
  writeSecondFactorMail({ to: 'ada@example.com', name: 'Ada <b>', at: new Date('2030-01-01T12:34:56Z'), what }, portal);

test.each([
  [{ kind: 'undone' }, 'Your second factor is off again', 'signed out everywhere'],
  [{ kind: 'off' }, 'Your second factor is off', 'enough to sign in'],
  [{ kind: 'codes-renewed' }, 'You have new recovery codes', 'old ones no longer work'],
  [{ kind: 'reset', by: 'ines@example.com' }, 'Your second factor was reset', 'ines@example.com'],
  [{ kind: 'recovery-code-used', left: 3 }, 'A recovery code was used', 'codes left: 3'],
] as const)('%j is told with when, where and whom to ask, without a link', (what, subject, told) => {
  const mail = write(what);
  expect(mail.subject).toBe(`${subject} (Kestrel portal)`);
  for (const part of [told, '2030-01-01 12:34 UTC', 'portal.example.com', 'licences@example.com'])
    expect(mail.text).toContain(part);
  expect(`${mail.text}${mail.html}`).not.toMatch(/https?:\/\/|href=/);
  expect(mail.html).not.toContain('<b>');
});

test('that it was switched on is told with the one link that undoes it, and until when', () => {
  const secret = 'a'.repeat(43);
  const mail = write({ kind: 'on', undo: { secret, endsAt: new Date('2030-01-08T12:34:56Z') } });
  expect(mail.subject).toBe('Your second factor is on (Kestrel portal)');
  for (const part of ['Keep the recovery codes', 'until 2030-01-08 12:34 UTC', 'licences@example.com'])
    expect(mail.text).toContain(part);
  const links = [...`${mail.text}${mail.html}`.matchAll(/https?:[^\s"<]+/g)].map(([link]) => link);
  expect(new Set(links)).toEqual(new Set([`https://portal.example.com/not-me/${secret}`]));
});

import { expect, test } from 'vitest';
import { writeInvitationMail } from './invitation-mail';
import { readRefusal } from './send-invitation';

const mail = {
  personId: 'p',
  customerId: 'c',
  to: 'ada@example.com',
  name: 'Ada <b>',
  customerName: 'Hallmann & Co',
  invitedBy: 'ines@example.com',
  invitedAt: new Date('2030-01-01T12:34:56Z'),
};
const written = writeInvitationMail(mail, { vendorName: 'Nordwerk', url: new URL('https://portal.example.com') });

test('the invitation says whose portal it is, where it is, who invites, and how to sign in', () => {
  for (const part of [
    'Nordwerk',
    'https://portal.example.com',
    'Hallmann & Co',
    'ines@example.com',
    'ada@example.com',
    'code by mail',
  ])
    expect(written.text).toContain(part);
});

test('the only link leads to the front page', () => {
  const links = `${written.text}${written.html}`.match(/https?:[^\s"<]*/g) ?? [];
  expect(new Set(links)).toEqual(new Set(['https://portal.example.com']));
});

test('names are text in the HTML, never markup', () => {
  expect(written.html).not.toContain('<b>');
  expect(written.html).toContain('Ada &#60;b&#62;');
});

test('what the mail server refused with is told apart from a server that did not answer', () => {
  expect(readRefusal(Object.assign(new Error('x'), { responseCode: 550, response: '550 no such user' }))).toBe(
    '550 no such user',
  );
  expect(readRefusal(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toBeNull();
});

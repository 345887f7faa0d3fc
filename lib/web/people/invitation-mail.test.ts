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
  elsewhere: null,
};
const portal = { vendorName: 'Nordwerk', url: new URL('https://portal.example.com') };
const written = writeInvitationMail(mail, portal);

test('the invitation says whose portal it is, where it is, who invites, and how to sign in', () => {
  for (const part of [
    'Nordwerk',
    'https://portal.example.com',
    'Hallmann & Co',
    'ines@example.com',
    'ada@example.com',
    'code by mail',
    'until 15 Jan 2030, 12:34 UTC',
  ])
    expect(written.text).toContain(part);
});

test.each([
  ['Southgate', 'for Southgate, and an address can have one account only'],
  ['', 'for Nordwerk, and an address can have one account only'],
])('whoever has an account elsewhere (%j) is told so, and how to change over', (elsewhere, told) => {
  const { text } = writeInvitationMail({ ...mail, elsewhere }, portal);
  for (const part of [told, 'change over to Hallmann & Co', 'Until then nothing changes', '15 Jan 2030'])
    expect(text).toContain(part);
  expect(text).not.toContain('Sign in with this e-mail address');
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

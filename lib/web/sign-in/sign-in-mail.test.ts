import { describe, expect, test } from 'vitest';
import { writeSignInMail } from './sign-in-mail';

const mail = { to: 'ada@example.com', name: 'Ada <b>', code: '012345', goodUntil: new Date('2030-01-01T12:34:56Z') };
const write = (purpose: 'sign-in' | 'proof', invitedBy: readonly string[] = []) =>
  writeSignInMail({ ...mail, purpose, invitedBy }, { vendorName: 'Nordwerk & Co', url: new URL('https://portal.example.com') });

describe.each([
  ['sign-in', 'wants to sign in', 'ignore this message'],
  ['proof', 'wants to change who can sign in', 'sign out all others'],
] as const)('the message with a code (%s)', (purpose, asked, advice) => {
  const written = write(purpose);

  test('says which portal, what for, the code, until when, and what to do when it was not asked for', () => {
    for (const part of ['Nordwerk & Co', 'portal.example.com', '012 345', '12:34 UTC', asked, advice])
      expect(written.text).toContain(part);
  });

  test('has no link, so that a scanner finds nothing to open', () => {
    expect(`${written.text}${written.html}`).not.toMatch(/https?:|href|src=/);
  });

  test('has names as text in the HTML, never as markup', () => {
    expect(written.html).not.toContain('<b>');
    expect(written.html).toContain('Ada &#60;b&#62;');
  });
});

test.each([
  [[], 'accept', false],
  [['Hallmann & Co'], 'invited by Hallmann & Co: with this code you accept', true],
  [['Hallmann & Co', 'Southgate'], 'by Hallmann & Co and by Southgate. Once the code is typed, you choose', true],
])('whoever was invited by %j is told what the code accepts', (invitedBy, told, isTold) => {
  expect(write('sign-in', invitedBy).text.includes(told)).toBe(isTold);
});

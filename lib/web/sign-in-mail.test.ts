import { expect, test } from 'vitest';
import { writeSignInMail } from './sign-in-mail';

const mail = { to: 'ada@example.com', name: 'Ada <b>', code: '012345', goodUntil: new Date('2030-01-01T12:34:56Z') };
const written = writeSignInMail(mail, { vendorName: 'Nordwerk & Co', url: new URL('https://portal.example.com') });

test('the message says which portal, the code and until when', () => {
  for (const part of ['Nordwerk & Co', 'portal.example.com', '012 345', '12:34 UTC', 'ignore this message']) {
    expect(written.text).toContain(part);
  }
});

test('the message has no link, so that a scanner finds nothing to open', () => {
  expect(`${written.text}${written.html}`).not.toMatch(/https?:|href|src=/);
});

test('names are text in the HTML, never markup', () => {
  expect(written.html).not.toContain('<b>');
  expect(written.html).toContain('Ada &#60;b&#62;');
});

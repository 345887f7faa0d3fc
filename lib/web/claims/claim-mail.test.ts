import { expect, test } from 'vitest';
import type { ReservedClaimMail } from '@/db/claims/claim-mails';
import { writeClaimMail } from './claim-mail';

const mail: ReservedClaimMail = {
  tells: 'asked',
  to: { name: 'Ada <b>', address: 'ada@example.com' },
  claimId: '6f1c0a5e-0000-4000-8000-000000000000',
  deviceName: 'Press <i>7',
  productName: 'Motion Studio',
  customerName: 'Hallmann & Co',
  userId: '6f1c0a5e-0000-4000-8000-000000000001',
  claimant: 'ines@example.com',
  decider: null,
  reason: 'stolen',
  note: 'From the van, <script>',
  answer: '',
  ties: [],
  heldUntil: null,
};
const portal = { vendorName: 'Nordwerk', url: new URL('https://portal.example.com') };
const ADDRESS = 'https://portal.example.com/claims/6f1c0a5e-0000-4000-8000-000000000000';

test('whoever can answer a claim reads who asks, for which seat and why, and where to answer', () => {
  const { subject, text } = writeClaimMail(mail, portal);
  expect(subject).toBe('Please answer: release of the seat of Press <i>7');
  for (const part of ['Ada <b>', 'ines@example.com', 'Motion Studio', 'Hallmann & Co', 'it was stolen', 'From the van', ADDRESS])
    expect(text).toContain(part);
});

test('whoever asked reads what became of it, and until when the seat stays in use', () => {
  const heldUntil = new Date('2030-01-02T12:34:00Z');
  expect(writeClaimMail({ ...mail, tells: 'approved', heldUntil }, portal).text).toContain('until 2 Jan 2030, 12:34 UTC');
  expect(writeClaimMail({ ...mail, tells: 'approved' }, portal).text).toContain('The seat is free.');
  expect(writeClaimMail({ ...mail, tells: 'refused' }, portal).text).toContain('The seat stays with its device.');
});

test('whoever was asked reads that nothing is left to answer, and whoever asked that it was not needed', () => {
  expect(writeClaimMail({ ...mail, tells: 'withdrawn' }, portal).text).toContain('Nothing is left to answer.');
  expect(writeClaimMail({ ...mail, tells: 'closed' }, portal).text).toContain('the seat was given up in another way');
});

test('support reads who approved, and why they may not be anybody else', () => {
  const tied = { tells: 'tied', decider: 'ada@example.com' } as const;
  const { subject, text } = writeClaimMail({ ...mail, ...tied, ties: ['approver-young', 'invited-by-claimant'] }, portal);
  expect(subject).toBe('Please look: release of the seat of Press <i>7');
  for (const part of [
    'ada@example.com approved',
    'ines@example.com asked',
    'Hallmann & Co',
    'younger than seven days',
    'had invited it',
    ADDRESS,
  ])
    expect(text).toContain(part);
});

test('the only link leads to the claim, and all words are text in the HTML, never markup', () => {
  const { text, html } = writeClaimMail(mail, portal);
  const links = `${text}${html}`.match(/https?:[^\s"<]*/g) ?? [];
  expect(new Set(links)).toEqual(new Set([ADDRESS]));
  for (const markup of ['<b>', '<i>', '<script>']) expect(html).not.toContain(markup);
});

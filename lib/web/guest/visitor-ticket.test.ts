import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { deriveVisitorKey, readTicket, writeTicket } from './visitor-ticket';

const key = deriveVisitorKey('a secret of this test');
const now = new Date('2026-05-01T10:00:00Z');
const expiresAt = new Date('2026-05-02T10:00:00Z');
const visitorId = randomUUID();
const ticket = writeTicket({ visitorId, expiresAt }, key);

test('a ticket names its visitor until it runs out', () => {
  expect(ticket).toMatch(/^[0-9a-f.-]+$/);
  expect(readTicket(ticket, { key, now })).toBe(visitorId);
  expect(readTicket(ticket, { key, now: new Date(expiresAt.getTime() - 1) })).toBe(visitorId);
  expect(readTicket(ticket, { key, now: expiresAt })).toBeNull();
});

test('a ticket of another portal names nobody', () => {
  expect(readTicket(ticket, { key: deriveVisitorKey('another secret'), now })).toBeNull();
});

const [id = '', end = '', signature = ''] = ticket.split('.');
test.each([
  ['another visitor', [randomUUID(), end, signature]],
  ['a later end', [id, String(Number(end) + 1), signature]],
  ['no signature', [id, end]],
  ['an empty signature', [id, end, '']],
  ['a signature cut short', [id, end, signature.slice(0, 62)]],
  ['more behind it', [id, end, signature, 'x']],
  ['nothing at all', []],
])('a ticket with %s names nobody', (_, changed) => {
  expect(readTicket(changed.join('.'), { key, now })).toBeNull();
});

import { describe, expect, it } from 'vitest';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import { AUDIT_ACTIONS } from '@/lib/licensing/audit/audit-action';
import type { AuditedEvent } from './audited-event';
import { formatAuditEntry, formatPlainSentence } from './format-audit-entry';

const bare: AuditedEvent = {
  who: { name: 'Ines Vogel', href: '/people/1' },
  ...{ device: null, entitlement: null, person: null, fileName: null },
  detail: {},
};
const full: AuditedEvent = {
  ...bare,
  device: { name: 'Press line 7', href: '/devices/1' },
  entitlement: { name: 'Motion Studio Pro', href: '/entitlements/1' },
  person: { name: 'nora@example.com', href: '/people/2' },
  fileName: 'press.txt',
  detail: {
    role: 'member',
    to: 'member',
    lastFour: '7K2M',
    seats: 5,
    code: 'motion',
    people: ['jonas@example.com'],
    answer: '550 no',
  },
};
const ACTIONS: readonly AuditAction[] = Object.values(AUDIT_ACTIONS).flat();
const format = (action: AuditAction, detail: AuditedEvent['detail'] = {}, event = full) =>
  formatPlainSentence(formatAuditEntry(action, { ...event, detail: { ...event.detail, ...detail } }));

describe('the sentence of an event', () => {
  it.each(ACTIONS)('%s can be read whatever is known of it', (action) => {
    for (const event of [bare, full]) {
      const sentence = format(action, {}, event);
      expect(sentence).toMatch(/^[A-Z].*[^ .,]$/);
      expect(sentence).not.toMatch(/undefined|null|\[object|Invalid|_| {2}/);
      expect(sentence).not.toContain(action);
    }
  });

  it.each<[AuditAction, AuditedEvent['detail'], string]>([
    [
      'seat.taken',
      { leaseEndsAt: '2027-02-19T10:00:00Z' },
      'Ines Vogel activated Press line 7 on Motion Studio Pro, until 2027-02-19',
    ],
    [
      'seat.released',
      { reason: 'lost', note: 'left on a train', heldUntil: '2027-02-19T10:00:00Z' },
      'Ines Vogel released the seat of Press line 7 on Motion Studio Pro, which is held until 2027-02-19: it was lost, “left on a train”',
    ],
    [
      'seat.released',
      { reason: 'other', heldUntil: null },
      'Ines Vogel released the seat of Press line 7 on Motion Studio Pro, which is free',
    ],
    ['seat.returned', { freesSeat: false }, 'Ines Vogel deactivated Press line 7 on Motion Studio Pro'],
    ['lease.ran-out', {}, 'The lease of Press line 7 on Motion Studio Pro ran out, and its seat came free'],
    ['reminder.mailed', { leases: 3 }, 'The portal reminded nora@example.com of 3 leases that end'],
    ['reminder.mail-refused', { leases: 1 }, 'The mail server refused a reminder to nora@example.com of a lease that ends'],
    [
      'seat.taken',
      { leaseEndsAt: undefined, olderSeat: 'held', possiblyRunning: 3 },
      'Ines Vogel activated Press line 7 on Motion Studio Pro, on a seat of its own; that of its older installation stays in use until its lease has run out; 3 machines may run',
    ],
    [
      'seat.taken',
      { leaseEndsAt: undefined, olderSeat: 'kept' },
      'Ines Vogel activated Press line 7 on Motion Studio Pro, on a seat of its own beside a machine that looks the same',
    ],
    ['seat.taken', { leaseEndsAt: undefined, olderSeat: 'lapsed' }, 'Ines Vogel activated Press line 7 on Motion Studio Pro'],
    [
      'lease.renewed',
      { leaseEndsAt: undefined, olderSeat: 'moves', possiblyRunning: 2 },
      'Ines Vogel activated Press line 7 on Motion Studio Pro again, and the seat of its older installation moved to it; 2 machines may run',
    ],
    [
      'seat.returned',
      { freesSeat: false, heldUntil: '2027-03-01T00:00:00.000Z' },
      'Ines Vogel deactivated Press line 7 on Motion Studio Pro, and its seat stays in use until 2027-03-01',
    ],
    ['seat.returned', { freesSeat: false, heldUntil: null }, 'Ines Vogel deactivated Press line 7 on Motion Studio Pro'],
    ['reminder.chosen', { days: [30, 7, 1] }, 'Ines Vogel chose to be reminded 30, 7 and 1 days before a lease ends'],
    ['reminder.chosen', { days: [1] }, 'Ines Vogel chose to be reminded 1 day before a lease ends'],
    ['reminder.chosen', { days: [] }, 'Ines Vogel chose to be reminded of no leases'],
    ['entitlement.created', { seats: 1 }, 'Ines Vogel set up Motion Studio Pro with one seat'],
    ['entitlement.assigned', {}, 'Ines Vogel assigned Motion Studio Pro to jonas@example.com'],
    ['person.role-changed', { to: 'customer_admin' }, 'Ines Vogel made nora@example.com an administrator'],
    ['person.change-refused', { to: undefined }, 'Ines Vogel tried to remove nora@example.com'],
    ['file.refused', {}, 'Ines Vogel handed in a file of Press line 7 for Motion Studio Pro, which was refused'],
  ])('%s %j', (action, detail, sentence) => {
    expect(format(action, detail)).toBe(sentence);
  });
});

import { formatInstant, formatTable } from '@/lib/command-line/format-table';
import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import { possiblyRunning } from '@/lib/licensing/seats/allowance';
import { assignEntitlement, disableEntitlement, enableEntitlement } from '@/lib/operations/entitlements/change-entitlement';
import { createEntitlement } from '@/lib/operations/entitlements/create-entitlement';
import { listEntitlements } from '@/lib/operations/entitlements/list-entitlements';
import { setReleasePolicy } from '@/lib/operations/entitlements/set-release-policy';
import type { OperatorCommand } from './perform-command';
import { answering, saying } from './perform-command';
import { RELEASE_APPROVAL, SEAT_OPTIONS, writeReleasePolicy } from './terms';

const ENTITLEMENT = { flags: 'ID', help: 'The entitlement.' } as const;

const createCommand = saying({
  words: 'entitlement create',
  summary: 'Make an entitlement of an offering for a customer, with an activation code.',
  example: '--customer hallmann --offering press-pro --seats 5 --assign jonas@hallmann.example.com',
  operation: createEntitlement,
  options: {
    customer: { flags: '--customer CODE', help: 'The customer.' },
    offering: { flags: '--offering CODE', help: 'The offering whose terms are copied.' },
    seats: { flags: '--seats N', help: 'Seats bought.' },
    startsAt: { flags: '--starts-at INSTANT', help: 'Start, for an offering that starts on a date.', fallback: 'now' },
    orderReference: { flags: '--order REF', help: 'Order reference.' },
    assign: { flags: '--assign EMAIL', help: 'A member who may use it.' },
    activationCode: { flags: '--activation-code CODE', help: 'A code printed before, instead of a new one.' },
  },
  say: ({ id, customer, offering, seats, term, activationCode, licenceKey }) => [
    `Made the entitlement ${id}: ${seats} seats of ${offering} for ${customer}.`,
    term.startsAt === null
      ? 'Its term starts with the first activation.'
      : `It starts ${formatInstant(term.startsAt)}${term.endsAt === null ? '' : ` and ends ${formatInstant(term.endsAt)}`}.`,
    `Activation code: ${activationCode}`,
    'Write the code down: it is shown this once, and not stored.',
    ...(licenceKey === null ? [] : [`Licence key: ${licenceKey}`]),
  ],
});

const listCommand = answering({
  words: 'entitlement list',
  summary: 'List entitlements, newest first.',
  example: '--search press',
  operation: listEntitlements,
  options: {
    search: { flags: '--search TEXT', help: 'Part of a product, edition, order reference or customer name.' },
    after: { flags: '--after CURSOR', help: 'The next page, as the page before says.' },
  },
  answer: ({ rows, next }) => {
    const table = formatTable(rows, {
      id: ({ entitlement }) => entitlement.id,
      customer: ({ entitlement }) => entitlement.customerName,
      offering: ({ entitlement }) => entitlement.offeringCode,
      seats: ({ entitlement }) => `${entitlement.seatsHeld} of ${entitlement.seats}`,
      'may run': ({ entitlement, now }) => possiblyRunning(entitlement.seatsHeld, entitlement.freed, now),
      state: ({ entitlement, now }) => entitlementStateAt(entitlement, now),
      ends: ({ entitlement }) => entitlement.termEndsAt,
      codes: ({ codes }) => codes.map((code) => `…${code.lastFour}${code.withdrawnAt === null ? '' : ' (withdrawn)'}`).join(', '),
    });
    const more = next === null ? [] : ['', `More: entitlement list --after ${next}`];
    return { json: { rows, next }, lines: [...table, ...more] };
  },
});

function changing(name: 'disable' | 'enable', summary: string): OperatorCommand {
  return saying({
    words: `entitlement ${name}`,
    summary,
    example: '0198c5c4-7a11-7c55-9d0e-3f0a2b6c1d22',
    operation: name === 'disable' ? disableEntitlement : enableEntitlement,
    options: { entitlementId: ENTITLEMENT },
    say: ({ id, changed }) => [changed ? `The entitlement ${id} is ${name}d.` : `The entitlement ${id} was ${name}d already.`],
  });
}

const assignCommand = saying({
  words: 'entitlement assign',
  summary: 'Let members use an entitlement.',
  example: '0198c5c4-7a11-7c55-9d0e-3f0a2b6c1d22 --email jonas@hallmann.example.com',
  operation: assignEntitlement,
  options: {
    entitlementId: ENTITLEMENT,
    emails: { flags: '--email EMAIL', help: 'The member.' },
    remove: { flags: '--remove', help: 'Take it away from them instead.' },
  },
  say: ({ id, changed }) => [`The entitlement ${id}: ${changed} ${changed === 1 ? 'person' : 'people'} changed.`],
});

const policyCommand = saying({
  words: 'entitlement policy',
  summary: 'Change how seats of one entitlement come free, and which files are answered on it. What is not named stays.',
  example: '0198c5c4-7a11-7c55-9d0e-3f0a2b6c1d22 --release at-once --release-limit 3/30',
  operation: setReleasePolicy,
  options: { entitlementId: ENTITLEMENT, ...SEAT_OPTIONS },
  parts: [RELEASE_APPROVAL],
  say: ({ id, policy }) => [`Releases on the entitlement ${id}: ${writeReleasePolicy(policy)}.`],
});

export const entitlementCommands: readonly OperatorCommand[] = [
  createCommand,
  listCommand,
  changing('disable', 'Issue nothing more on an entitlement. Leases that are out run on.'),
  changing('enable', 'Enable an entitlement that was disabled.'),
  assignCommand,
  policyCommand,
];

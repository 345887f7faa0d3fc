import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import { possiblyRunning } from '@/lib/licensing/seats/allowance';
import { assignEntitlement, disableEntitlement, enableEntitlement } from '@/lib/operations/entitlements/change-entitlement';
import { createEntitlement } from '@/lib/operations/entitlements/create-entitlement';
import { listEntitlements } from '@/lib/operations/entitlements/list-entitlements';
import { setReleasePolicy } from '@/lib/operations/entitlements/set-release-policy';
import { done, perform } from '@/lib/operations/operation';
import type { Command } from '../command-line/command';
import { formatInstant, formatTable } from '../command-line/format-table';
import { performing } from '../command-line/perform-command';
import {
  given,
  readReleaseApproval,
  readReleaseLimit,
  readReleaseRoles,
  readSeatOptions,
  SEAT_OPTIONS,
  writeReleasePolicy,
} from './terms';

const createCommand = performing({
  name: 'entitlement create',
  summary: 'Make an entitlement of an offering for a customer, with an activation code.',
  options: {
    customer: { type: 'string', value: 'CODE', required: true, help: 'The customer.' },
    offering: { type: 'string', value: 'CODE', required: true, help: 'The offering whose terms are copied.' },
    seats: { type: 'string', value: 'N', required: true, help: 'Seats bought.' },
    'starts-at': { type: 'string', value: 'INSTANT', help: 'Start, for an offering that starts on a date (default: now).' },
    order: { type: 'string', value: 'REF', help: 'Order reference.' },
    assign: { type: 'string', multiple: true, value: 'EMAIL', help: 'A member who may use it.' },
    'activation-code': { type: 'string', value: 'CODE', help: 'A code printed before, instead of a new one.' },
  },
  operation: createEntitlement,
  input: (typed) => ({
    customer: typed.text('customer'),
    offering: typed.text('offering'),
    seats: typed.number('seats'),
    startsAt: typed.text('starts-at'),
    orderReference: typed.text('order'),
    assign: typed.texts('assign'),
    activationCode: typed.text('activation-code'),
  }),
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

const listCommand: Command = {
  name: 'entitlement list',
  summary: 'List entitlements, newest first.',
  options: {
    search: { type: 'string', value: 'TEXT', help: 'Part of a product, edition, order reference or customer name.' },
    after: { type: 'string', value: 'CURSOR', help: 'The next page, as the page before says.' },
  },
  plan: (typed) => async (context) => {
    const input = { search: typed.text('search') ?? '', after: typed.text('after') ?? null };
    const result = await perform(listEntitlements, input, context);
    if (!result.ok) return result;
    const { rows, next } = result.value;
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
    return done({ json: { rows, next }, lines: [...table, ...more] });
  },
};

function changing(name: 'disable' | 'enable', summary: string): Command {
  return performing({
    name: `entitlement ${name}`,
    summary,
    positionals: 'ID',
    options: {},
    operation: name === 'disable' ? disableEntitlement : enableEntitlement,
    input: ({ positionals: [entitlementId] }) => ({ entitlementId }),
    say: ({ id, changed }) => [changed ? `The entitlement ${id} is ${name}d.` : `The entitlement ${id} was ${name}d already.`],
  });
}

const assignCommand = performing({
  name: 'entitlement assign',
  summary: 'Let members use an entitlement.',
  positionals: 'ID',
  options: {
    email: { type: 'string', multiple: true, value: 'EMAIL', required: true, help: 'The member.' },
    remove: { type: 'boolean', help: 'Take it away from them instead.' },
  },
  operation: assignEntitlement,
  input: (typed) => ({ entitlementId: typed.positionals[0], emails: typed.texts('email'), remove: typed.flag('remove') }),
  say: ({ id, changed }) => [`The entitlement ${id}: ${changed} ${changed === 1 ? 'person' : 'people'} changed.`],
});

const policyCommand = performing({
  name: 'entitlement policy',
  summary: 'Change how seats of one entitlement come free, and which files are answered on it. What is not named stays.',
  positionals: 'ID',
  options: {
    release: { type: 'string', value: 'RULE', help: 'When the seat is free: when-lease-ran-out or at-once.' },
    'release-by': { type: 'string', value: 'ROLES', help: 'Who may: none, or some of member,admin,support.' },
    'release-approval': { type: 'string', value: 'HOW', help: 'Whether somebody else has to agree: no, yes or independent.' },
    'release-limit': { type: 'string', value: 'N/DAYS', help: 'At most so many releases, such as 3/30, or none.' },
    ...SEAT_OPTIONS,
  },
  operation: setReleasePolicy,
  input: (typed) => ({
    entitlementId: typed.positionals[0],
    releaseRule: typed.text('release'),
    releaseRoles: given(typed.text('release-by'), readReleaseRoles),
    ...readReleaseApproval(typed.text('release-approval')),
    releaseLimit: given(typed.text('release-limit'), readReleaseLimit),
    ...readSeatOptions(typed),
  }),
  say: ({ id, policy }) => [`Releases on the entitlement ${id}: ${writeReleasePolicy(policy)}.`],
});

export const entitlementCommands: readonly Command[] = [
  createCommand,
  listCommand,
  changing('disable', 'Issue nothing more on an entitlement. Leases that are out run on.'),
  changing('enable', 'Enable an entitlement that was disabled.'),
  assignCommand,
  policyCommand,
];

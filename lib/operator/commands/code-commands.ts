import { createCode, listCodes, withdrawCode } from '@/lib/operations/entitlements/manage-codes';
import type { Command } from '../command-line/command';
import { listing, performing } from '../command-line/perform-command';

const createCommand = performing({
  name: 'code create',
  summary: 'Make an activation code for an entitlement, or for several (a bundle).',
  options: {
    entitlement: { type: 'string', multiple: true, value: 'ID', required: true, help: 'What the code covers.' },
    'activation-code': { type: 'string', value: 'CODE', help: 'A code printed before, instead of a new one.' },
  },
  operation: createCode,
  input: (typed) => ({ entitlementIds: typed.texts('entitlement'), activationCode: typed.text('activation-code') }),
  say: ({ activationCode }) => [
    `Activation code: ${activationCode}`,
    'Write the code down: it is shown this once, and not stored.',
  ],
});

const withdrawCommand = performing({
  name: 'code withdraw',
  summary: 'Grant no more requests with a code. Devices keep their seats.',
  positionals: 'CODE-OR-ID',
  options: {},
  operation: withdrawCode,
  input: ({ positionals: [code] }) => ({ code }),
  say: ({ changed }) => [changed ? 'The code is withdrawn.' : 'The code was withdrawn already.'],
});

const listCommand = listing({
  name: 'code list',
  summary: 'List the codes of an entitlement.',
  options: { entitlement: { type: 'string', value: 'ID', required: true, help: 'The entitlement.' } },
  operation: listCodes,
  input: (typed) => ({ entitlementId: typed.text('entitlement') }),
  columns: {
    id: (code) => code.id,
    ends: (code) => `…${code.lastFour}`,
    covers: (code) => code.entitlementIds.length,
    made: (code) => code.createdAt,
    withdrawn: (code) => code.withdrawnAt,
  },
});

export const codeCommands: readonly Command[] = [createCommand, listCommand, withdrawCommand];

import { createCode, listCodes, withdrawCode } from '@/lib/operations/entitlements/manage-codes';
import type { OperatorCommand } from './perform-command';
import { listing, saying } from './perform-command';

const createCommand = saying({
  words: 'code create',
  summary: 'Make an activation code for an entitlement, or for several (a bundle).',
  example: '--entitlement 0198c5c4-7a11-7c55-9d0e-3f0a2b6c1d22',
  operation: createCode,
  options: {
    entitlementIds: { flags: '--entitlement ID', help: 'What the code covers.' },
    activationCode: { flags: '--activation-code CODE', help: 'A code printed before, instead of a new one.' },
  },
  say: ({ activationCode }) => [
    `Activation code: ${activationCode}`,
    'Write the code down: it is shown this once, and not stored.',
  ],
});

const withdrawCommand = saying({
  words: 'code withdraw',
  summary: 'Grant no more requests with a code. Devices keep their seats.',
  example: '7KQ2M-XW9PD-4HTRB-YCV6N',
  operation: withdrawCode,
  options: { code: { flags: 'CODE-OR-ID', help: 'The code, or its id as code list shows it.' } },
  say: ({ changed }) => [changed ? 'The code is withdrawn.' : 'The code was withdrawn already.'],
});

const listCommand = listing({
  words: 'code list',
  summary: 'List the codes of an entitlement.',
  example: '--entitlement 0198c5c4-7a11-7c55-9d0e-3f0a2b6c1d22',
  operation: listCodes,
  options: { entitlementId: { flags: '--entitlement ID', help: 'The entitlement.' } },
  columns: {
    id: (code) => code.id,
    ends: (code) => `…${code.lastFour}`,
    covers: (code) => code.entitlementIds.length,
    made: (code) => code.createdAt,
    withdrawn: (code) => code.withdrawnAt,
  },
});

export const codeCommands: readonly OperatorCommand[] = [createCommand, listCommand, withdrawCommand];

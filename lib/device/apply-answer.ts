import type { UploadedFile } from '@/lib/dialects/dialect';
import { DialectError } from '@/lib/dialects/dialect';
import { readArmour } from '@/lib/dialects/native/armour';
import { digestComponents } from '@/lib/dialects/native/fingerprint-digest';
import { KINDS } from '@/lib/dialects/native/kind';
import type { OpenedReply } from '@/lib/dialects/native/open-reply';
import { readText } from '@/lib/dialects/read-text';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { refuseBelonging } from './check-belonging';
import { refuseRunning } from './check-running';
import type { Machine, Refused, Run } from './device';
import { saveRun, startRun } from './device';
import type { KeyedState } from './open-answer';
import { hasKeys, openAnswer } from './open-answer';

/** An answer that is in place now. */
export interface Applied {
  readonly ok: true;
  readonly reply: OpenedReply;
}

/** Components that a test set by hand on this very machine; null when none were, or the state was copied from another. */
export function playedComponents(
  machine: Machine,
  { componentValues, playedOn }: Pick<KeyedState, 'componentValues' | 'playedOn'>,
): Readonly<Record<string, string>> | null {
  const read = machine.readComponents();
  const isHere = playedOn !== null && Object.entries(playedOn).every(([name, value]) => read[name] === value);
  return isHere ? componentValues : null;
}

/**
 * Component values of this machine. They are read anew each time: a state can be copied to another machine, so what it says of the machine
 * counts only where a test plays one.
 */
export function componentsOf(machine: Machine, state: KeyedState): Readonly<Record<string, string>> {
  const { test } = machine;
  if (test === undefined) return machine.readComponents();
  return { ...(playedComponents(machine, state) ?? machine.readComponents()), ...test.components };
}

/**
 * Applies an answer of the portal: verifies it, checks it against everything remembered, and keeps it. A refused answer changes nothing but
 * the latest time seen.
 */
export async function applyAnswer(machine: Machine, file: UploadedFile): Promise<Applied | Refused> {
  const run = await startRun(machine);
  const { state } = run;
  if (!hasKeys(state)) return refusing(() => Promise.resolve(refuseWithoutKeys(file)));
  const outcome = await refusing(() => tryAnswer(machine, { ...run, state }, file));
  await saveRun(machine, run, outcome.ok ? withAnswer(state, outcome.reply, file) : state);
  return outcome;
}

async function refusing<Outcome>(read: () => Promise<Outcome>): Promise<Outcome | Refused> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DialectError) return refused(error.rejection);
    throw error;
  }
}

function refused(rejection: Rejection): Refused {
  return { ok: false, rejection };
}

/** Nothing was asked for, so nothing can be opened; the outside of the file may still show a plainer reason. */
function refuseWithoutKeys(file: UploadedFile): Refused {
  const { kind } = readArmour(readText(file));
  if (kind !== null && KINDS[kind].from === 'device') return refused(reject('answer-is-a-request'));
  return refused(reject(kind === 'refresh' ? 'not-activated' : 'answer-to-nothing'));
}

async function tryAnswer(
  machine: Machine,
  run: Run & { readonly state: KeyedState },
  file: UploadedFile,
): Promise<Applied | Refused> {
  const { state, now, latestSeenAt } = run;
  const reply = await openAnswer(state, file);

  const fingerprint = digestComponents(state.vendor.vendor_id, componentsOf(machine, state));
  const rejection = refuseBelonging(state, reply) ?? refuseRunning({ reply, fingerprint, now, latestSeenAt });
  if (rejection !== null) return refused(rejection);

  // A key that was stolen after its end could date a reply back; the clock of this machine is the second witness.
  if (now >= reply.signingKeyExpiresAt) return refused(reject('answer-key-not-certified'));
  return { ok: true, reply };
}

function withAnswer(state: KeyedState, reply: OpenedReply, file: UploadedFile) {
  return {
    ...state,
    exchangeJwk: reply.exchangeJwk,
    serverTime: reply.serverTime,
    pending: reply.kind === 'refresh' ? state.pending : null,
    activation: {
      activationId: reply.activationId,
      leaseSequence: reply.lease.sequence,
      productCode: reply.rights.productCode,
      requestId: reply.inResponseTo ?? state.activation?.requestId ?? null,
      answer: readText(file),
    },
    proof: null,
  };
}

import type { UploadedFile } from '@/lib/dialects/dialect';
import { DialectError } from '@/lib/dialects/dialect';
import { readArmour } from '@/lib/dialects/native/armour';
import { digestComponents } from '@/lib/dialects/native/fingerprint-digest';
import { KINDS } from '@/lib/dialects/native/kind';
import type { OpenedReply } from '@/lib/dialects/native/open-reply';
import { readText } from '@/lib/dialects/read-text';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { refuseAnswer } from './check-answer';
import { refuseRunning } from './check-running';
import type { Machine, Refused, Run } from './device';
import { saveRun, startRun } from './device';
import type { KeyedState } from './open-answer';
import { hasKeys, openAnswer } from './open-answer';

/** An answer that was applied. */
export interface Applied {
  readonly ok: true;
  readonly reply: OpenedReply;
}

/** Finds the components that a test set by hand on this machine; null when there are none, or the state was copied from another machine. */
export function componentsSetByTest(
  machine: Machine,
  { componentValues, playedOn }: Pick<KeyedState, 'componentValues' | 'playedOn'>,
): Readonly<Record<string, string>> | null {
  const read = machine.readComponents();
  const isHere = playedOn !== null && Object.entries(playedOn).every(([name, value]) => read[name] === value);
  return isHere ? componentValues : null;
}

/**
 * Reads the component values of this machine, anew each time: a state can be copied to another machine, so its components count only in
 * tests.
 */
export function componentsOf(machine: Machine, state: KeyedState): Readonly<Record<string, string>> {
  const { test } = machine;
  if (test === undefined) return machine.readComponents();
  return { ...(componentsSetByTest(machine, state) ?? machine.readComponents()), ...test.components };
}

/**
 * Applies an answer of the portal: verifies it, checks it against the stored state, and stores it. A refused answer changes nothing but
 * the latest time seen.
 */
export async function applyAnswer(machine: Machine, file: UploadedFile): Promise<Applied | Refused> {
  const run = await startRun(machine);
  const { state } = run;
  if (!hasKeys(state)) return catchRejection(() => Promise.resolve(refuseWithoutKeys(file)));
  const outcome = await catchRejection(() => tryAnswer(machine, { ...run, state }, file));
  await saveRun(machine, run, outcome.ok ? withAnswer(state, outcome.reply, file) : state);
  return outcome;
}

async function catchRejection<Outcome>(read: () => Promise<Outcome>): Promise<Outcome | Refused> {
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

/** Refuses any file on a device without keys, which can open nothing; the armour may still show a more specific reason. */
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
  const rejection = refuseAnswer(state, reply) ?? refuseRunning({ reply, fingerprint, now, latestSeenAt });
  if (rejection !== null) return refused(rejection);

  // A signing key that was stolen after it expired could backdate a reply, so the clock of this machine is compared as well.
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

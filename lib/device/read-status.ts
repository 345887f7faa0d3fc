import { DialectError } from '@/lib/dialects/dialect';
import { digestComponents } from '@/lib/dialects/native/fingerprint-digest';
import type { OpenedReply } from '@/lib/dialects/native/open-reply';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { componentsOf } from './apply-answer';
import { refuseRunning } from './check-running';
import type { Machine, Run } from './device';
import { saveRun, startRun } from './device';
import type { KeyedState } from './open-answer';
import { hasKeys, openAnswer } from './open-answer';
import type { DeviceState } from './state';

export type RunningState = 'active' | 'grace';
export type StoppedState = 'not-activated' | 'pending' | 'deactivated' | 'stopped';

/** Whether the software may run on this machine, and on which answer. */
export type DeviceStatus =
  | { readonly mayRun: true; readonly state: RunningState; readonly reply: OpenedReply; readonly pendingRequestId: string | null }
  | {
      readonly mayRun: false;
      readonly state: StoppedState;
      readonly rejection: Rejection;
      /** The answer in place, where it can be read. */
      readonly reply: OpenedReply | null;
      readonly pendingRequestId: string | null;
    };

type ActivatedState = KeyedState & { readonly activation: NonNullable<DeviceState['activation']> };

function isActivated(state: DeviceState | null): state is ActivatedState {
  return hasKeys(state) && state.activation !== null;
}

/** Reads whether the software may run, as it asks at every start. Saves the time of the run as seen. */
export async function readStatus(machine: Machine): Promise<DeviceStatus> {
  const run = await startRun(machine);
  const { state } = run;
  if (state === null) return stopped('not-activated', reject('not-activated'));
  await saveRun(machine, run, state);
  if (isActivated(state)) return statusOfAnswer(machine, run, state);
  if (state.pending !== null) return stopped('pending', reject('not-activated'), { pendingRequestId: state.pending.requestId });
  return stopped(state.proof === null ? 'not-activated' : 'deactivated', reject('not-activated'));
}

function stopped(
  state: StoppedState,
  rejection: Rejection,
  more: { reply?: OpenedReply; pendingRequestId?: string | null } = {},
): DeviceStatus {
  return { mayRun: false, state, rejection, reply: more.reply ?? null, pendingRequestId: more.pendingRequestId ?? null };
}

async function statusOfAnswer(machine: Machine, run: Run, state: ActivatedState): Promise<DeviceStatus> {
  const pendingRequestId = state.pending?.requestId ?? null;
  const reply = await reopen(state);
  if (!('lease' in reply)) return stopped('stopped', reply, { pendingRequestId });

  const fingerprint = digestComponents(state.vendor.vendor_id, componentsOf(machine, state));
  const { now, latestSeenAt } = run;
  const rejection = refuseRunning({ reply, fingerprint, now, latestSeenAt });
  if (rejection !== null) return stopped('stopped', rejection, { reply, pendingRequestId });
  return { mayRun: true, state: now < reply.lease.endsAt ? 'active' : 'grace', reply, pendingRequestId };
}

/** Verifies the answer in place anew. */
async function reopen(state: ActivatedState): Promise<OpenedReply | Rejection> {
  const { activation } = state;
  try {
    const reply = await openAnswer(state, { name: null, bytes: new TextEncoder().encode(activation.answer) });
    return reply.activationId === activation.activationId ? reply : reject('answer-for-another-device');
  } catch (error) {
    if (error instanceof DialectError) return error.rejection;
    throw error;
  }
}

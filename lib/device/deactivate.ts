import { writeDeactivationProof } from '@/lib/dialects/native/write-proof';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Machine, Refused, Run } from './device';
import { saveRun, startRun } from './device';
import type { KeyedState } from './open-answer';
import { hasKeys } from './open-answer';
import type { DeviceState } from './state';

/** The proof that this device gave its seat back: the same bytes until the next activation. */
export interface Deactivated {
  readonly ok: true;
  readonly activationId: string;
  readonly fileName: string;
  readonly text: string;
}

export interface DeactivateInput {
  readonly reason?: string;
  /** Counted features used since activation. */
  readonly usage?: Readonly<Record<string, number>>;
}

/**
 * Gives the seat back. The proof is signed in memory; then one save replaces lease and keys with it, so that the device never has both.
 * Afterwards the software cannot run.
 *
 * @throws ZodError when reason or usage do not fit the format
 */
export async function deactivate(machine: Machine, input: DeactivateInput = {}): Promise<Deactivated | Refused> {
  const run = await startRun(machine);
  const { state } = run;
  if (state !== null && state.activation === null && state.proof !== null) return { ok: true, ...state.proof };
  if (!hasKeys(state) || state.activation === null) return { ok: false, rejection: reject('not-activated') };

  const proof = await signProof({ state, activation: state.activation, run, input });
  await saveRun(machine, run, { ...state, keys: null, activation: null, pending: null, proof });
  return { ok: true, ...proof };
}

async function signProof(input: {
  state: KeyedState;
  activation: NonNullable<DeviceState['activation']>;
  run: Run;
  input: DeactivateInput;
}): Promise<NonNullable<DeviceState['proof']>> {
  const { state, activation, run } = input;
  const { activationId, leaseSequence, productCode } = activation;
  const { fileName, text } = writeDeactivationProof({
    to: { vendorId: state.vendor.vendor_id, exchangeJwk: state.exchangeJwk },
    signing: state.keys.signing,
    content: {
      requestId: crypto.randomUUID(),
      issuedAt: run.now,
      activationId,
      leaseSequence,
      usage: input.input.usage ?? {},
      reason: input.input.reason ?? null,
      deviceName: state.deviceName,
      productCode,
    },
  });
  return { activationId, fileName, text };
}

import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { latest } from './latest';
import type { DeviceState } from './state';
import { formatState, parseState } from './state';
import type { StateStore } from './state-store';

/** The clock of a machine. */
export interface DeviceClock {
  now(): Date;
  /** False for a clock that is set by hand: file times follow another clock then, and do not count. */
  readonly followsFileTimes: boolean;
}

/** A machine without a network: its store, its clock and its fingerprint components. */
export interface Machine {
  readonly store: StateStore;
  readonly clock: DeviceClock;
  /** Component name -> value. Values never leave the machine. */
  readComponents(): Readonly<Record<string, string>>;
  /** Only in tests that simulate the machine. Software that is sold leaves it out (docs/formats/native.md, for vendors). */
  readonly test?: TestOptions;
}

/** What a test sets on the machine that it simulates. */
export interface TestOptions {
  /** Components set by hand: in a request all of them, and they stay set; in any other run those that changed. Null: as set or read. */
  readonly components: Readonly<Record<string, string>> | null;
}

/** A refusal of the device. */
export interface Refused {
  readonly ok: false;
  readonly rejection: Rejection;
}

/** The stored state at the start of a run, and the clock of that run. */
export interface Run {
  readonly state: DeviceState | null;
  readonly now: Date;
  /** The latest time seen before this run; null while no lease is in place. */
  readonly latestSeenAt: Date | null;
}

/**
 * Starts a run: reads the state and the clocks. Times seen count only while a lease is in place, so that a clock that was years ahead can be
 * corrected before the first answer is applied.
 */
export async function startRun({ store, clock }: Machine): Promise<Run> {
  const text = await store.load();
  const state = text === null ? null : parseState(text);
  const now = clock.now();
  if (state === null || state.activation === null) return { state, now, latestSeenAt: null };
  const fileTime = clock.followsFileTimes ? await store.latestFileTime() : null;
  return { state, now, latestSeenAt: latest(state.latestSeenAt, fileTime) };
}

/** Saves the state after a run. The time of the run counts as seen from then on. */
export async function saveRun(
  { store }: Machine,
  run: Run,
  state: Omit<DeviceState, 'latestSeenAt'> & { serverTime?: Date },
): Promise<void> {
  const { serverTime, ...rest } = state;
  const latestSeenAt = latest(run.latestSeenAt, run.now, serverTime ?? null) ?? run.now;
  await store.save(formatState({ ...rest, latestSeenAt }));
}

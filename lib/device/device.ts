import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { latest } from './latest';
import type { DeviceState } from './state';
import { parseState, renderState } from './state';
import type { StateStore } from './state-store';

/** The clock of a machine. */
export interface DeviceClock {
  now(): Date;
  /** False for a clock that is set by hand: then the times of files, which follow another, say nothing about it. */
  readonly followsFileTimes: boolean;
}

/** A machine without a network: where it remembers, what time it is there, and what it is known by. */
export interface Machine {
  readonly store: StateStore;
  readonly clock: DeviceClock;
  /** Component name -> value. Values never leave the machine. */
  readComponents(): Readonly<Record<string, string>>;
  /** Only where a test plays the machine. Software that is sold leaves it out (docs/formats/native.md, for vendors). */
  readonly test?: TestOptions;
}

/** What a test says of the machine that it plays. */
export interface TestOptions {
  /** Components set by hand: in a request all of them, and they stay set; in any other run those that changed. Null: as set or read. */
  readonly components: Readonly<Record<string, string>> | null;
}

/** What a device says no with. */
export interface Refused {
  readonly ok: false;
  readonly rejection: Rejection;
}

/** What the device remembers at the start of a run, and the clock of that run. */
export interface Run {
  readonly state: DeviceState | null;
  readonly now: Date;
  /** The latest time seen before this run; null while no lease is in place. */
  readonly latestSeenAt: Date | null;
}

/**
 * Starts a run: reads the state and the clocks. While no lease is in place there is nothing to guard, and what was seen does not count: so
 * a clock that was years ahead can be set right before the first answer is applied.
 */
export async function startRun({ store, clock }: Machine): Promise<Run> {
  const text = await store.load();
  const state = text === null ? null : parseState(text);
  const now = clock.now();
  if (state === null || state.activation === null) return { state, now, latestSeenAt: null };
  const fileTime = clock.followsFileTimes ? await store.latestFileTime() : null;
  return { state, now, latestSeenAt: latest(state.latestSeenAt, fileTime) };
}

/** Saves what a run leaves behind. Its own clock counts as seen from then on. */
export async function saveRun(
  { store }: Machine,
  run: Run,
  state: Omit<DeviceState, 'latestSeenAt'> & { serverTime?: Date },
): Promise<void> {
  const { serverTime, ...rest } = state;
  const latestSeenAt = latest(run.latestSeenAt, run.now, serverTime ?? null) ?? run.now;
  await store.save(renderState({ ...rest, latestSeenAt }));
}

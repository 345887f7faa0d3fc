import type { KeyObject } from 'node:crypto';
import { randomBytes, sign } from 'node:crypto';
import type { ActingContext } from '@/lib/operations/context';
import { licenseSpringKeys } from '@/lib/operations/licensespring/keys';
import { answerRequest } from '../answer-request';
import type { Installation } from '../bench-portal';
import { openPortal } from '../bench-portal';
import type { BenchDatabase } from '../bench-server';
import { inParallel } from '../in-parallel';
import type { LicenseSpringApplication } from '../install-licensespring';
import { installLicenseSpring, writeLicenseSpringRequests } from '../install-licensespring';
import { writeRequests } from '../write-requests';

const WARM_UP = 300;
const TURNS = 100;
const BURST_ROUNDS = 5;
const BURST_CLIENTS = Array.from({ length: 8 });
const BURST_REQUESTS = 100;
const QUIET_REQUESTS = 600;
/** More than are answered in one round. */
const OTHERS = 2000;
/** About as large as the signed part of an answer. */
const SIGNED_BYTES = 2500;

/** Milliseconds of one each, alone: medians of turns that follow one another. */
export interface ActivationCost {
  readonly activationMs: number;
  readonly nativeMs: number;
  /** The two RSA signatures of an answer, one after the other as the product makes them. */
  readonly signaturesMs: number;
}

/** How long somebody else waits for an answer to a native file, in milliseconds: the 95th percentile of all rounds together. */
export interface BurstFinding {
  readonly quietMs: number;
  readonly burstMs: number;
  readonly activationsPerSecond: number;
}

/** Each wait of one round, in milliseconds. */
interface BurstRound {
  readonly quiet: readonly number[];
  readonly busy: readonly number[];
  readonly tookMs: number;
}

/** Measures the cost of an activation of the LicenseSpring dialect, and the effect of a burst on others. */
export async function measureLicenseSpring(
  installation: Installation,
  database: BenchDatabase,
): Promise<{ cost: ActivationCost; burst: BurstFinding }> {
  const application = await installLicenseSpring(installation, database);
  const { context, close } = openPortal({ ...installation, url: database.appUrl });
  try {
    const { privateKey } = await licenseSpringKeys(await context.keyring.current()).sealing.licenseSpring();
    const cost = await measureCost({ context, installation, application, privateKey });
    const rounds: BurstRound[] = [];
    for (let round = 0; round < BURST_ROUNDS; round += 1) {
      const others = await writeRequests(installation, { count: OTHERS, entitlements: installation.entitlements });
      rounds.push(await measureBurst({ context, application, ask: () => answerRequest(context, others.pop() ?? '') }));
    }
    return { cost, burst: burstOf(rounds) };
  } finally {
    await close();
  }
}

async function measureCost(input: {
  context: ActingContext;
  installation: Installation;
  application: LicenseSpringApplication;
  privateKey: KeyObject;
}): Promise<ActivationCost> {
  const { context, installation, application, privateKey } = input;
  const count = WARM_UP + TURNS;
  const native = await writeRequests(installation, { count, entitlements: installation.entitlements });
  const ours = writeLicenseSpringRequests(application, count);
  const times = { activationMs: [] as number[], nativeMs: [] as number[], signaturesMs: [] as number[] };
  for (let turn = 0; turn < count; turn += 1) {
    const nativeMs = await timeOf(() => answerRequest(context, native[turn] ?? ''));
    const activationMs = await timeOf(() => answerRequest(context, ours[turn] ?? ''));
    const signaturesMs = await timeOf(() => signOnPool(privateKey).then(() => signOnPool(privateKey)));
    if (turn < WARM_UP) continue;
    times.nativeMs.push(nativeMs);
    times.activationMs.push(activationMs);
    times.signaturesMs.push(signaturesMs);
  }
  return {
    activationMs: percentile(times.activationMs, 0.5),
    nativeMs: percentile(times.nativeMs, 0.5),
    signaturesMs: percentile(times.signaturesMs, 0.5),
  };
}

async function measureBurst(input: {
  context: ActingContext;
  application: LicenseSpringApplication;
  ask: () => Promise<unknown>;
}): Promise<BurstRound> {
  const { context, application, ask } = input;
  const requests = writeLicenseSpringRequests(application, BURST_REQUESTS);
  const quiet: number[] = [];
  while (quiet.length < QUIET_REQUESTS) quiet.push(await timeOf(ask));

  let isOver = false;
  const startedAt = performance.now();
  const burst = inParallel(BURST_CLIENTS, requests, (request) => answerRequest(context, request)).finally(() => {
    isOver = true;
  });
  const busy: number[] = [];
  while (!isOver) busy.push(await timeOf(ask));
  await burst;
  return { quiet, busy, tookMs: performance.now() - startedAt };
}

function burstOf(rounds: readonly BurstRound[]): BurstFinding {
  const tookMs = rounds.reduce((sum, round) => sum + round.tookMs, 0);
  return {
    quietMs: percentile(
      rounds.flatMap((round) => round.quiet),
      0.95,
    ),
    burstMs: percentile(
      rounds.flatMap((round) => round.busy),
      0.95,
    ),
    activationsPerSecond: (rounds.length * BURST_REQUESTS * 1000) / tookMs,
  };
}

function signOnPool(privateKey: KeyObject): Promise<Buffer> {
  return new Promise((settle, fail) => {
    sign('sha256', randomBytes(SIGNED_BYTES), privateKey, (error, signature) =>
      error === null ? settle(signature) : fail(error),
    );
  });
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

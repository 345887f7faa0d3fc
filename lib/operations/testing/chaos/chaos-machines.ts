import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { isConnectionLost } from '@/db/postgres-error';
import type { OperationContext } from '../../context';
import { issueRefresh } from '../../leases/issue-refresh';
import { perform } from '../../operation';
import { activationOf, exchange, replyOf } from '../exchange';
import type { TestDevice } from '../test-device';
import { makeDevice } from '../test-device';
import type { FromClient, JournalAnswer, Start } from './chaos-journal';

/** The most machines of one client, so that it returns seats as well. */
const MACHINES = 6;
const PAUSE_MS = 25;

interface Machine {
  readonly device: TestDevice;
  readonly entitlementId: string;
  readonly activationId: string;
}

interface KnownFile {
  readonly name: string;
  readonly text: string;
}

/** A client: a person at a browser with a few machines, who tries again until there is a result. */
export interface Client {
  /** Activates, deactivates, refreshes or hands a file in again, at random. */
  act(): Promise<void>;
  /** Hands in every answered file once more. */
  replayAll(): Promise<void>;
  held(): string[];
  returned(): number;
}

/** A pseudo-random generator of numbers from 0 to 1, repeatable by its seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

async function untilAnswered<Value>(attempt: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      await wait(PAUSE_MS);
    }
  }
}

export function makeClient(
  context: OperationContext,
  { start, seed, tell }: { start: Start; seed: number; tell: (message: FromClient) => void },
): Client {
  const next = chance(seed);
  const pick = <Value>(values: readonly Value[]): Value | undefined => values[Math.floor(next() * values.length)];
  const machines: Machine[] = [];
  const files: KnownFile[] = [];
  let spare: TestDevice | null = null;
  let returned = 0;

  async function answered(outcome: { code: string; exchangeId: string | null }, file: KnownFile | null, isReplay: boolean) {
    const { code, exchangeId } = outcome;
    const hasReply = exchangeId !== null && file?.name.startsWith('proof') !== true;
    const reply = hasReply ? await untilAnswered(() => replyOf(context, { code, exchangeId, submissionId: '' })) : null;
    const line: JournalAnswer = { kind: 'answer', file: file?.name ?? null, code, exchangeId, reply, isReplay };
    tell(line);
  }

  async function handIn(file: KnownFile, isReplay = false) {
    for (;;) {
      const outcome = await untilAnswered(() => exchange(context, file.text));
      await answered(outcome, file, isReplay);
      if (outcome.code !== 'busy') return outcome;
    }
  }

  async function activate(): Promise<void> {
    const entitlement = pick(start.entitlements);
    if (entitlement === undefined) return;
    const portal = { vendorId: start.vendorId, exchangeJwk: start.exchangeJwk };
    // A machine that returned its seat comes back with new keys.
    const components = spare === null ? {} : { components: spare.components };
    const device = await makeDevice(portal, { code: entitlement.code, ...components });
    spare = null;
    const file = { name: `request ${randomUUID()}`, text: await device.request() };
    const outcome = await handIn(file);
    if (outcome.exchangeId === null) return;
    files.push(file);
    const activationId = await untilAnswered(() => activationOf(context, outcome));
    machines.push({ device, entitlementId: entitlement.id, activationId });
  }

  async function deactivate(machine: Machine): Promise<void> {
    const file = {
      name: `proof ${randomUUID()}`,
      text: await machine.device.proof(machine.activationId, { usage: { pages: 1 } }),
    };
    const outcome = await handIn(file);
    if (outcome.exchangeId === null) throw new Error(`expected the proof of a machine to be taken, found ${outcome.code}`);
    files.push(file);
    machines.splice(machines.indexOf(machine), 1);
    spare = machine.device;
    returned += 1;
  }

  async function refresh({ activationId }: Machine): Promise<void> {
    const result = await untilAnswered(() => perform(issueRefresh, { activationId }, context));
    const outcome = result.ok
      ? { code: 'done', exchangeId: result.value.exchangeId }
      : { code: result.rejection.code, exchangeId: null };
    await answered(outcome, null, false);
  }

  return {
    async act() {
      const luck = next();
      const machine = pick(machines);
      const file = pick(files);
      if (luck < 0.2 && file !== undefined) await handIn(file);
      else if (luck < 0.35 && machine !== undefined) await refresh(machine);
      else if (machine !== undefined && start.deactivates && (luck < 0.6 || machines.length >= MACHINES))
        await deactivate(machine);
      else await activate();
    },
    async replayAll() {
      for (const file of files) await handIn(file, true);
    },
    held: () => machines.map((machine) => machine.entitlementId),
    returned: () => returned,
  };
}

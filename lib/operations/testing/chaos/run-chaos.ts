import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Crash, CrashServer } from '@/db/testing/crash-server';
import { until } from '@/db/testing/crash-server';
import { readHistory, rewritten } from '../check-invariants';
import type { TestEntitlement } from '../test-customer';
import { makeCustomer, makeEntitlement } from '../test-customer';
import type { TestPortal } from '../test-portal';
import type { JournalAnswer, Start, ToClient } from './chaos-journal';
import { fromClient } from './chaos-journal';

const PROCESSES = 2;

/** The result of a chaos run as its clients saw it. */
export interface ChaosRun {
  readonly journal: readonly JournalAnswer[];
  readonly faults: readonly string[];
  /** Seats that the clients' machines hold, by entitlement. */
  readonly held: ReadonlyMap<string, number>;
  readonly returned: number;
  readonly entitlements: readonly TestEntitlement[];
  /** Rows of the append-only tables that a crash changed. */
  readonly rewritten: readonly string[];
}

interface Plan {
  readonly portal: TestPortal;
  readonly server: CrashServer;
  readonly crashes: readonly Crash[];
  /** Results between two crashes. */
  readonly answersBetween: number;
  readonly entitlements: number;
  readonly seats: number;
  readonly deactivates: boolean;
}

/** Sixteen clients in two processes work on a few seats while the server crashes; then every file is handed in once more. */
export async function runChaos(plan: Plan): Promise<ChaosRun> {
  const { portal, server, crashes, answersBetween } = plan;
  const customer = await makeCustomer(portal);
  const entitlements: TestEntitlement[] = [];
  for (let n = 0; n < plan.entitlements; n += 1)
    entitlements.push(await makeEntitlement(portal, customer, { seats: plan.seats, returnLimit: 10_000 }));
  const { member } = customer;
  if (member.role !== 'member' && member.role !== 'customer_admin') throw new Error(`expected a member, found ${member.role}`);
  const crew = hireClients({
    kind: 'start',
    url: server.url,
    masterSecret: Buffer.from(portal.masterSecret).toString('base64'),
    vendorId: portal.vendorId,
    exchangeJwk: portal.exchangeJwk,
    actor: member,
    entitlements,
    clients: 8,
    deactivates: plan.deactivates,
    seed: 7,
  });
  try {
    await crew.ready();
    crew.tell({ kind: 'go' });
    const changed: string[] = [];
    for (const crash of crashes) {
      await crew.answers(answersBetween);
      const before = await readHistory(portal);
      await server.crash(crash);
      changed.push(...rewritten(before, await readHistory(portal)));
    }
    await crew.answers(answersBetween);
    crew.tell({ kind: 'replay' });
    await crew.ended();
    return { ...crew.seen, entitlements, rewritten: changed };
  } finally {
    crew.dismiss();
  }
}

function hireClients(start: Start) {
  const seen = { journal: [] as JournalAnswer[], faults: [] as string[], held: new Map<string, number>(), returned: 0 };
  let ready = 0;
  let ended = 0;

  function hear(raw: unknown): void {
    const message = fromClient.parse(raw);
    switch (message.kind) {
      case 'ready':
        ready += 1;
        break;
      case 'answer':
        seen.journal.push(message);
        break;
      case 'fault':
        seen.faults.push(message.problem);
        break;
      case 'ended':
        ended += 1;
        seen.returned += message.returned;
        for (const [id, count] of Object.entries(message.held)) seen.held.set(id, (seen.held.get(id) ?? 0) + count);
        break;
    }
  }

  const children = Array.from({ length: PROCESSES }, (_, index) => {
    const child = startClient({ ...start, seed: start.seed + index * 1000 });
    child.on('message', hear);
    child.once('exit', (code, signal) => {
      if (code !== 0) seen.faults.push(`a client process ended with ${code ?? signal}`);
    });
    return child;
  });
  const sound = () => {
    const [fault] = seen.faults;
    if (fault !== undefined) throw new Error(`expected clients without a fault, found ${fault}`);
    return true;
  };

  return {
    seen,
    tell(message: ToClient) {
      for (const child of children) child.send(message);
    },
    ready: () => until('the clients to be ready', () => sound() && ready === PROCESSES),
    answers(count: number) {
      const goal = seen.journal.length + count;
      return until(`${count} more answers`, () => sound() && seen.journal.length >= goal);
    },
    ended: () => until('the clients to end', () => sound() && ended === PROCESSES),
    dismiss() {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}

function startClient(start: Start): ChildProcess {
  const root = fileURLToPath(new URL('../../../..', import.meta.url));
  const child = fork(new URL('./chaos-client.ts', import.meta.url), {
    cwd: root,
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.send(start);
  return child;
}

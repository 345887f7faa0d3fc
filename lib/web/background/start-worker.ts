import { setTimeout as wait } from 'node:timers/promises';
import type { Runner } from 'graphile-worker';
import { Logger, run } from 'graphile-worker';
import { queueUrls } from '@/db/queue-url';
import type { OperationContext } from '@/lib/operations/context';
import { logFault, makeEventId } from '../faults/fault';
import { AT_START, cronItems, jobOf, taskList } from './tasks';

/** Pause between attempts to reach the queue. */
const PAUSE_MS = 10_000;

/** A worker of the queue. */
export interface Worker {
  /** Takes no new jobs and waits up to five seconds for running ones to finish. */
  stop(): Promise<void>;
}

interface WorkerOptions {
  /** Address of the database; the role of the portal suffices. */
  readonly url: string;
  /** False behind PgBouncer in transaction mode. */
  readonly prepare: boolean;
  readonly context: Pick<OperationContext, 'db' | 'keyring'>;
}

/** Logs errors only; a failed job that is retried logs again on its next failure. */
const logger = new Logger(() => (level, message) => {
  if (level === 'error') logFault(new Error(message), { event: makeEventId(), task: 'queue' });
});

/** Starts one worker. Any number may run, in one process or many: the queue gives each job to one of them. */
export async function startWorker({ url, prepare, context }: WorkerOptions): Promise<Runner> {
  const runner = await run({
    connectionString: url,
    noPreparedStatements: !prepare,
    // The audit seal must not wait for slow mails.
    concurrency: 2,
    maxPoolSize: 3,
    pollInterval: 2_000,
    noHandleSignals: true,
    taskList: taskList(context),
    parsedCronItems: cronItems,
    logger,
  });
  try {
    for (const name of AT_START) await runner.addJob(name, {}, jobOf(name));
    return runner;
  } catch (error) {
    await runner.stop();
    throw error;
  }
}

/** Keeps one worker running until it is stopped, and restarts it when the database fails. */
export function superviseWorker(options: WorkerOptions): Worker {
  const stopping = new AbortController();
  const { signal } = stopping;
  const urls = queueUrls(options.url);
  let current: Runner | null = null;
  const work = async () => {
    for (let turn = 0; !signal.aborted; turn += 1) {
      try {
        current = await startWorker({ ...options, url: urls[turn % urls.length] ?? options.url });
        if (signal.aborted) await current.stop();
        await current.promise;
      } catch (error) {
        if (signal.aborted) return;
        logFault(error, { event: makeEventId(), task: 'queue' });
        // Pause only after every host was tried.
        if (turn % urls.length === urls.length - 1)
          await wait(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  };
  const ended = work();
  return {
    async stop() {
      stopping.abort();
      // A runner that ended by itself refuses to be stopped.
      await current?.stop().catch(() => undefined);
      await ended;
    },
  };
}

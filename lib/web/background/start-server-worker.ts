import { services } from '../services';
import { required, settings } from '../web-settings';
import type { Worker } from './start-worker';
import { superviseWorker } from './start-worker';

// Global, because a development server reloads its modules.
const kept = globalThis as typeof globalThis & { airgateWorker?: Worker };

/** Starts the worker of this web server, one for each replica. SIGINT and SIGTERM stop it. */
export function startServerWorker(): void {
  if (kept.airgateWorker !== undefined) return;
  const { database, databasePrepare: prepare } = settings();
  const url = required('DATABASE_URL', database?.appUrl);
  const { db, keyring } = services();
  const worker = superviseWorker({ url, prepare, context: { db, keyring } });
  kept.airgateWorker = worker;
  // A write that the exit interrupts is one statement, so it is complete or absent; the next run repeats it within a minute.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void worker.stop());
}

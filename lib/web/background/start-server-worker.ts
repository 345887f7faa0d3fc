import { services } from '../services';
import { required, settings } from '../settings';
import type { Worker } from './start-worker';
import { superviseWorker } from './start-worker';

// Kept on the process: a development server loads its modules anew.
const kept = globalThis as typeof globalThis & { airgateWorker?: Worker };

/** Makes the web server work the queue, so that every replica does; it stops when the server is asked to end. */
export function startServerWorker(): void {
  if (kept.airgateWorker !== undefined) return;
  const { database, databasePrepare: prepare } = settings();
  const url = required('DATABASE_URL', database?.appUrl);
  const { db, keyring } = services();
  const worker = superviseWorker({ url, prepare, context: { db, keyring } });
  kept.airgateWorker = worker;
  // What the server's own end cuts off is a statement that is done whole or not at all, and is taken up again within a minute.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void worker.stop());
}

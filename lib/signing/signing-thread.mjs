import { sign } from 'node:crypto';
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';

// Run by background-signer.ts as a thread. Plain JavaScript, so that it is the same file for the web server's bundler, for the loader of the
// command lines and for the tests.

// On Linux a priority is a thread's own, and this one takes the lowest; elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);

parentPort?.on('message', ({ id, key, text }) => {
  try {
    parentPort?.postMessage({ id, signature: sign('sha256', Buffer.from(text), key) });
  } catch (error) {
    parentPort?.postMessage({ id, error });
  }
});

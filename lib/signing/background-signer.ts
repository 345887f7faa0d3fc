import type { KeyObject } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/** Messages to and from the thread (signing-thread.mjs). */
interface Asked {
  readonly id: number;
  readonly key: KeyObject;
  readonly text: string;
}
type Answered = { readonly id: number; readonly signature: Uint8Array } | { readonly id: number; readonly error: unknown };

interface Waiting {
  settle(signature: Buffer): void;
  fail(error: unknown): void;
}

/** A thread that signs. */
interface SigningThread {
  sign(key: KeyObject, text: string): Promise<Buffer>;
}

/** Starts a thread, which keeps the process alive only while a signature is awaited. @param onEnd called when it ends, also after an error */
function startThread(onEnd: () => void): SigningThread {
  const worker = new Worker(new URL('./signing-thread.mjs', import.meta.url), { execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  worker.unref();

  worker.on('message', (answered: Answered) => {
    const { settle, fail } = waiting.get(answered.id) ?? {};
    waiting.delete(answered.id);
    if (waiting.size === 0) worker.unref();
    if ('error' in answered) fail?.(answered.error);
    else settle?.(Buffer.from(answered.signature));
  });

  let cause: unknown;
  worker.on('error', (error) => {
    cause = error;
  });
  // Emitted last, also after an error: this thread gets no more messages.
  worker.on('exit', (code) => {
    onEnd();
    const ended = new Error(`expected the signing thread to go on, found that it ended with ${code}`, { cause });
    for (const { fail } of waiting.values()) fail(ended);
  });

  return {
    sign: (key, text) =>
      new Promise((settle, fail) => {
        asked += 1;
        const question: Asked = { id: asked, key, text };
        waiting.set(question.id, { settle, fail });
        worker.ref();
        worker.postMessage(question);
      }),
  };
}

let thread: SigningThread | null = null;
let signatures = 0;

/** Counts the signatures that this process has asked its thread for. */
export function signaturesMade(): number {
  return signatures;
}

/**
 * Signs with an RSA key and SHA-256, padded as PKCS #1 v1.5 asks (RFC 8017 section 8.2), on a thread of the lowest priority: a signature by
 * 4,096 bits takes milliseconds, and other work goes first.
 *
 * @throws Error when the key cannot sign, or the thread ended; the next call starts another
 */
export function signInBackground(key: KeyObject, text: string): Promise<Buffer> {
  thread ??= startThread(() => {
    thread = null;
  });
  signatures += 1;
  return thread.sign(key, text);
}

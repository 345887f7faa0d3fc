import { reject } from '@/lib/licensing/refusals/rejection';
import type { Refused } from './check-request-line';

/** Bytes held at the same time for one client: hundreds of files. */
const BYTES_PER_CLIENT = 64 * 1024 * 1024;
const WAIT_SECONDS = 30;

/** Limits the memory of arriving bodies for each client, so that one client with many connections cannot exhaust it for the others. */
export class BodyBudget {
  readonly #held = new Map<string, number>();

  /** Reserves memory for a body. @returns a function that releases it, or the refusal */
  reserve(client: string, bytes: number): (() => void) | Refused {
    const held = this.#held.get(client) ?? 0;
    if (held + bytes > BYTES_PER_CLIENT) {
      const retryAt = new Date(Date.now() + WAIT_SECONDS * 1000).toISOString();
      return { status: 429, rejection: reject('too-many-attempts', { retryAt }) };
    }
    this.#held.set(client, held + bytes);
    return () => {
      const left = (this.#held.get(client) ?? 0) - bytes;
      if (left > 0) this.#held.set(client, left);
      else this.#held.delete(client);
    };
  }
}

import { reject } from '@/lib/licensing/refusals/rejection';
import type { Refused } from './check-request-line';

/** Of what one client sends at the same time, so much is held: hundreds of files. */
const BYTES_PER_CLIENT = 64 * 1024 * 1024;
const WAIT_SECONDS = 30;

/** Bounds the memory that bodies take while they arrive, for each client by itself: who opens a thousand connections fills it for nobody else. */
export class BodyBudget {
  readonly #held = new Map<string, number>();

  /** Takes room for a body. @returns what gives it back, or why there is none */
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

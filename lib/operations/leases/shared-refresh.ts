import { readRefreshSince } from '@/db/exchange/read-activation';
import type { Json } from '@/lib/licensing/exchange/request';
import { userIdOf } from '../actor';
import type { ActingContext } from '../context';
import { digestOfFile } from '../exchange/write-entries';

/** Tells refreshes from one another that were asked for in different words; null where nothing was asked. */
export function digestOfAsked(asked: Json): string | null {
  return asked === null ? null : digestOfFile(new TextEncoder().encode(JSON.stringify(asked)));
}

/**
 * Finds the file that the same person got for the same, at this process or another, since this was asked for: by the sequence of the lease that
 * the device had then.
 */
export function findShared(
  { db, actor }: ActingContext,
  { activationId, asked }: { activationId: string; asked: Json },
): (sequence: number) => Promise<string | null> {
  const same = { activationId, userId: userIdOf(actor), actor: actor.label, payloadDigest: digestOfAsked(asked) };
  let first: number | null = null;
  return async (sequence) => {
    first ??= sequence;
    return sequence === first ? null : readRefreshSince(db, { ...same, sequence: first });
  };
}

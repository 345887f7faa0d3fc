import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import { scopeOfFile } from '../exchange/evaluate-file';
import type { OpenedFile } from '../exchange/open-file';
import type { Keys } from '../keys/keyring';
import { LIMITS } from '../limits/limits';
import { countAgainst, forgive } from '../limits/rate-limit';

function clientOf({ actor }: ActingContext): string {
  if (actor.role !== 'guest') throw new Error(`expected a guest, found ${actor.role}`);
  return actor.client;
}

function heldBack(retryAt: Date | null): Rejection | null {
  return retryAt === null ? null : reject('too-many-attempts', { retryAt: retryAt.toISOString() });
}

/** Counts an act against the guest's network address, before anything is read. */
export async function countByClient(context: ActingContext): Promise<Rejection | null> {
  return heldBack(await countAgainst(context.db, LIMITS.guestFilesByClient, clientOf(context)));
}

/** Counts a look at a file, or the download of its answer, before anything is read. */
export async function countLook(context: ActingContext): Promise<Rejection | null> {
  return heldBack(await countAgainst(context.db, LIMITS.guestLooksByClient, clientOf(context)));
}

/** Counts a file as one that proves nothing, before it is opened, so that tries at once cannot pass together. */
export async function countAsFailure(context: ActingContext): Promise<Rejection | null> {
  return heldBack(await countAgainst(context.db, LIMITS.guestFailuresByClient, clientOf(context)));
}

/** Takes that back for a file that does prove something. */
export function forgiveFailure(context: ActingContext): Promise<void> {
  return forgive(context.db, LIMITS.guestFailuresByClient, clientOf(context));
}

/** Takes back what an answered file was counted for: once when it was handed in, and once when it was answered. */
export async function forgiveFile(context: ActingContext): Promise<void> {
  for (let times = 0; times < 2; times += 1) await forgive(context.db, LIMITS.guestFilesByClient, clientOf(context));
}

/** Counts a file against its code, known or not, from whatever address; a proof against the activation it names. */
export async function countByCode(context: ActingContext, file: { opened: OpenedFile; keys: Keys }): Promise<Rejection | null> {
  const scope = await scopeOfFile(context.actor, file);
  if (scope.kind !== 'file') throw new Error(`expected the scope of a file, found ${scope.kind}`);
  const { proof } = scope;
  const key = proof.kind === 'code' ? `code:${proof.digest}` : `activation:${proof.activationId}:${proof.deviceKey}`;
  return heldBack(await countAgainst(context.db, LIMITS.guestFilesByCode, key));
}

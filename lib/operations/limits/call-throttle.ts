import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { OperationContext } from '../context';
import type { Limit } from './limits';
import { countAgainst } from './rate-limit';

/** Counts a call of an application by network address, before the call is read. */
export async function countCall({ db, actor }: Pick<OperationContext, 'db' | 'actor'>, limit: Limit): Promise<Rejection | null> {
  if (actor.role !== 'application') throw new TypeError(`expected an application, found the ${actor.role}`);
  const retryAt = await countAgainst(db, limit, actor.client);
  return retryAt === null ? null : reject('too-many-attempts', { retryAt: retryAt.toISOString() });
}

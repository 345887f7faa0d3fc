import type { Database } from '@/db/client';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { Actor } from './actor';
import type { DialectRegistry } from './dialects/plugin';
import type { Keyring } from './keys/keyring';

/** What every operation is given: database, keys, actor and the way in. */
export interface OperationContext {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly actor: Actor;
  readonly via: 'browser' | 'command-line' | 'api';
  /** Stands in for the database's clock in tests. */
  readonly now?: Date;
  /** Stands in for the dialects of the product in tests. */
  readonly dialects?: DialectRegistry;
  /** Reads the context anew, for work that goes on after its response has begun. Left out: the context stays as it is. */
  readonly contextNow?: () => Promise<OperationContext>;
  /** The operator acts in the actor's name on the portal's machine: nothing counts against the actor's budgets. */
  readonly byOperator?: boolean;
}

/** What one run of an operation has recorded about its refusal. */
export interface Attempt {
  /** The trouble code under which the refusal was last recorded; null while none was. */
  refusedAs: string | null;
  /** The rejection of a spent budget, because of which the refusal was not recorded; null otherwise. */
  heldBack: Rejection | null;
}

export function newAttempt(): Attempt {
  return { refusedAs: null, heldBack: null };
}

/** The context of a running operation. */
export interface ActingContext extends OperationContext {
  readonly attempt: Attempt;
}

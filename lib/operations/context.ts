import type { Database } from '@/db/client';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { Actor } from './actor';
import type { DialectRegistry } from './dialects/plugin';
import type { Keyring } from './keys/keyring';

/** What every operation is given: the database, the keys, who asks and by which way. */
export interface OperationContext {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly actor: Actor;
  readonly via: 'browser' | 'command-line' | 'api';
  /** Stands in for the database's clock, in tests of what time does. */
  readonly now?: Date;
  /** Stands in for the dialects of the product, in tests of what every dialect can rely on. */
  readonly dialects?: DialectRegistry;
  /** Who asks as they are then: for work that goes on after its answer has begun. Left out: as they were. */
  readonly contextNow?: () => Promise<OperationContext>;
  /** The operator acts in the actor's name, on the portal's own machine: nothing of it counts against the actor's budgets. */
  readonly byOperator?: boolean;
}

/** One performing of an operation. */
export interface Attempt {
  /** The trouble code under which its refusal was written down last; null while none was. */
  refusedAs: string | null;
  /** Why it was not written down that it was refused; null where it was. */
  heldBack: Rejection | null;
}

/** The performing of an operation that begins. */
export function newAttempt(): Attempt {
  return { refusedAs: null, heldBack: null };
}

/** The context of an operation that runs. */
export interface ActingContext extends OperationContext {
  readonly attempt: Attempt;
}

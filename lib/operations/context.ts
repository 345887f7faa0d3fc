import type { Database } from '@/db/client';
import type { Actor } from './actor';
import type { Keyring } from './keyring';

/** What every operation is given: the database, the keys, who asks and by which way. */
export interface OperationContext {
  readonly db: Database;
  readonly keyring: Keyring;
  /** Null: signed out. */
  readonly actor: Actor | null;
  readonly via: 'browser' | 'command-line' | 'api';
  /** Stands in for the database's clock, in tests of what time does. */
  readonly now?: Date;
}

/** One performing of an operation. */
export interface Attempt {
  /** The trouble code under which its refusal was written down last; null while none was. */
  refusedAs: string | null;
}

/** The context of an operation that runs: somebody is signed in. */
export interface ActingContext extends OperationContext {
  readonly actor: Actor;
  readonly attempt: Attempt;
}

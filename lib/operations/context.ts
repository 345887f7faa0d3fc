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

/** The context of an operation that runs: somebody is signed in. */
export interface ActingContext extends OperationContext {
  readonly actor: Actor;
}

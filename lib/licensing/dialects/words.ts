import { KEYGEN_WORDS } from '../keygen/words';
import { LICENSESPRING_WORDS } from '../licensespring/words';
import { NATIVE_WORDS } from '../native/words';
import type { DialectId } from './dialect-id';
import type { DialectWords } from './dialect-words';

/** Words for the files of each dialect, for people. */
export const DIALECT_WORDS: Readonly<Record<DialectId, DialectWords>> = {
  native: NATIVE_WORDS,
  keygen: KEYGEN_WORDS,
  licensespring: LICENSESPRING_WORDS,
};

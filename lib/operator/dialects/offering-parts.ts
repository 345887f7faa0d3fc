import { KEYGEN_OFFERING_COLUMNS, KEYGEN_POLICY, OVERDRAFT } from '../commands/keygen-terms';

/** Options of an offering for single dialects, or with other terms in one of them. */
export const DIALECT_OFFERING_PARTS = [OVERDRAFT, KEYGEN_POLICY] as const;

/** Columns of a list of offerings that are for single dialects. */
export const DIALECT_OFFERING_COLUMNS = KEYGEN_OFFERING_COLUMNS;

import { KEYGEN_ISSUE_REFUSALS } from '../keygen/keygen-issue-refusals';
import { KEYGEN_REFUSALS } from '../keygen/keygen-refusals';
import { SIGNED_CALL_REFUSALS } from '../licensespring/call-refusals';
import { ISSUER_REFUSALS } from '../licensespring/issuer-refusals';
import { LICENCE_REFUSALS, LICENCES_PROVE_NOTHING } from '../licensespring/licence-refusals';
import { LICENSESPRING_REFUSALS } from '../licensespring/licensespring-refusals';
import type { Refusal } from '../refusals/refusal';
import type { DialectId } from './dialect-id';

const BY_DIALECT = {
  native: {},
  keygen: { ...KEYGEN_ISSUE_REFUSALS, ...KEYGEN_REFUSALS },
  licensespring: { ...LICENSESPRING_REFUSALS, ...LICENCE_REFUSALS, ...ISSUER_REFUSALS, ...SIGNED_CALL_REFUSALS },
} as const satisfies Record<DialectId, Readonly<Record<string, Refusal>>>;

/** Refusals of dialects' files that prove nothing. */
export const DIALECT_PROVES_NOTHING = [...LICENCES_PROVE_NOTHING] as const;

/** What only files, keys and licences of one dialect are refused with. */
export const DIALECT_REFUSALS = { ...BY_DIALECT.native, ...BY_DIALECT.keygen, ...BY_DIALECT.licensespring } as const;

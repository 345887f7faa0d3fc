import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { FormatEvent } from '../audit/audited-event';
import { KEYGEN_EVENTS, KEYGEN_TRIES } from '../keygen/audit-sentences';
import { LICENSESPRING_EVENTS } from '../licensespring/audit-sentences';

const EVENTS = {
  native: {},
  keygen: KEYGEN_EVENTS,
  licensespring: LICENSESPRING_EVENTS,
} as const satisfies Record<DialectId, Readonly<Record<string, FormatEvent>>>;

const TRIES: Readonly<Record<DialectId, Readonly<Record<string, FormatEvent>>>> = {
  native: {},
  keygen: KEYGEN_TRIES,
  licensespring: {},
};

/** By action, what the audit tells of single dialects. */
export const DIALECT_EVENTS = { ...EVENTS.native, ...EVENTS.keygen, ...EVENTS.licensespring } as const;

/** By command of a single dialect, what somebody tried to do. */
export const DIALECT_TRIES: Readonly<Record<string, FormatEvent>> = Object.assign({}, ...Object.values(TRIES));

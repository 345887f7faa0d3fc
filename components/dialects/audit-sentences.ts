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

/** Sentences of audit actions of single dialects, by action. */
export const DIALECT_EVENTS = { ...EVENTS.native, ...EVENTS.keygen, ...EVENTS.licensespring } as const;

/** What was attempted, by operation of a single dialect. */
export const DIALECT_TRIES: Readonly<Record<string, FormatEvent>> = Object.assign({}, ...Object.values(TRIES));

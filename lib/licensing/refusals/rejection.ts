import { DIALECT_REFUSALS } from '../dialects/refusals';
import { CALL_REFUSALS } from './call-refusals';
import { DEVICE_REFUSALS } from './device-refusals';
import { FILE_REFUSALS } from './file-refusals';
import { LICENSING_REFUSALS } from './licensing-refusals';
import { OPERATOR_REFUSALS } from './operator-refusals';
import { PORTAL_REFUSALS } from './portal-refusals';
import type { Refusal } from './refusal';
import { RELEASE_REFUSALS } from './release-refusals';
import { SECOND_FACTOR_REFUSALS } from './second-factor-refusals';

/** Values that fill the places in a refusal's text, and that pages show beside it. Instants as ISO 8601 in UTC. */
export type Facts = Readonly<Record<string, string | number>>;

/** A business "no": returned, never thrown, so that its audit row commits. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly facts: Facts;
}

/** Every "no" of the product, with what to say. Closed and stable: codes are added, never renamed. */
export const REFUSALS = {
  ...FILE_REFUSALS,
  ...LICENSING_REFUSALS,
  ...RELEASE_REFUSALS,
  ...PORTAL_REFUSALS,
  ...SECOND_FACTOR_REFUSALS,
  ...OPERATOR_REFUSALS,
  ...DEVICE_REFUSALS,
  ...CALL_REFUSALS,
  ...DIALECT_REFUSALS,
} as const satisfies Record<string, Refusal>;

export type RejectionCode = keyof typeof REFUSALS;

/** Says whether a text from outside, or of another version, is a code of this one. */
export function isRejectionCode(text: string): text is RejectionCode {
  return Object.hasOwn(REFUSALS, text);
}

/** Builds a rejection; facts that are not needed are left out. */
export function reject(code: RejectionCode, facts: Facts = {}): Rejection {
  return { code, facts };
}

/** Fills the places of a refusal's texts with the rejection's facts. A fact that is missing shows as "unknown". */
export function explain({ code, facts }: Rejection): Refusal {
  const { cause, fix, who } = REFUSALS[code];
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? 'unknown'));
  return { cause: fill(cause), fix: fill(fix), who };
}

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

/** Values for the placeholders of a refusal's text, which pages show as well. Instants as ISO 8601 in UTC. */
export type Facts = Readonly<Record<string, string | number>>;

/** A refusal by the rules: returned, never thrown, so that its audit row commits. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly facts: Facts;
}

/** Every refusal of the product, with its texts. Closed and stable: codes are added, never renamed. */
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

/** Checks whether a text is a rejection code of this version. */
export function isRejectionCode(text: string): text is RejectionCode {
  return Object.hasOwn(REFUSALS, text);
}

/** Builds a rejection; facts that are not needed are left out. */
export function reject(code: RejectionCode, facts: Facts = {}): Rejection {
  return { code, facts };
}

/** Fills the placeholders of a refusal's texts with the rejection's facts. A fact that is missing shows as "unknown". */
export function explain({ code, facts }: Rejection): Refusal {
  const { cause, fix, who } = REFUSALS[code];
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? 'unknown'));
  return { cause: fill(cause), fix: fill(fix), who };
}

/** How long a licence lasts. The rules of each are in {@link ./term.ts}. */
export const PLAN_TYPES = ['perpetual', 'time-limited', 'trial', 'consumption', 'subscription'] as const;
export type PlanType = (typeof PLAN_TYPES)[number];

/** From when a term counts. */
export const START_RULES = ['on-creation', 'on-first-activation', 'on-date'] as const;
export type StartRule = (typeof START_RULES)[number];

/** Who can fix the cause. */
export type Helper = 'you' | 'your-admin' | 'the-vendor' | 'the-device';

/** The texts of a rejection for people. `{name}` is the placeholder of the fact of that name. */
export interface Refusal {
  /** What is wrong, in one sentence. */
  readonly cause: string;
  /** How to fix it. */
  readonly fix: string;
  readonly who: Helper;
}

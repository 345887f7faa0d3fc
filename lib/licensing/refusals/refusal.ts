/** Who can mend what stood in the way. */
export type Helper = 'you' | 'your-admin' | 'the-vendor' | 'the-device';

/** What a person is told about a rejection. `{name}` stands for the fact of that name. */
export interface Refusal {
  /** What is wrong, in one sentence. */
  readonly cause: string;
  /** How to mend it. */
  readonly fix: string;
  readonly who: Helper;
}

/** Words for a text that names an entitlement, for people. */
export interface CodeWords {
  /** What it is called, as the term of a fact. */
  readonly term: string;
  /** A secret is shown by its last four characters only. */
  readonly isSecret: boolean;
}

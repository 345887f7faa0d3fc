/** The families of wire formats that the portal speaks, by the names they are stored under and an operator says. Closed and stable. */
export const DIALECT_IDS = ['native', 'keygen', 'licensespring'] as const;

export type DialectId = (typeof DIALECT_IDS)[number];

/** Says whether a text from outside, or of another version, names a dialect of this one. */
function isDialectId(text: string): text is DialectId {
  return DIALECT_IDS.some((id) => id === text);
}

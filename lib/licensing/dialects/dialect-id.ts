/** The families of wire formats that the portal speaks, by the names they are stored under and an operator says. Closed and stable. */
export const DIALECT_IDS = ['native', 'keygen', 'licensespring'] as const;

export type DialectId = (typeof DIALECT_IDS)[number];

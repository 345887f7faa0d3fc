import type { Check } from '../dialect';

/** The checks of a file of this dialect, cheap ones first (docs/formats/licensespring.md, what we accept). */
const CHECKS = {
  base64: 'It is padded standard base64, and nothing else.',
  json: 'What it holds is strict JSON: one object, no name twice in one place.',
  direction: 'It is a request, not an answer of ours.',
  version: 'It is a request of version 1, or one of version 2 with its signature around it.',
  fields: 'Its fields are there, and of the type and length they have to be.',
  client: 'It names an api key or an OAuth client that is in use.',
  signature: 'It was signed with the secret of that client, and not changed since.',
  'inner-signature': 'The signature inside it, if there is one, was made with the same secret.',
  schema: 'Its product takes requests of this version.',
  kind: 'It says what it asks for; in version 1 its name or its bringer may.',
  password: 'An activation for a user brings a password.',
  product: 'Its client may be used for the product.',
} as const;

export type LicenseSpringCheck = keyof typeof CHECKS;

/** The same as a list, in their order. */
export const LICENSESPRING_CHECKS: readonly Check[] = Object.entries(CHECKS).map(([id, asks]) => ({ id, asks }));

import type { Check } from '../dialect';

/** The checks of the text of a device page, cheap ones first (docs/formats/keygen.md, the text of a device page). */
const CHECKS = {
  text: 'It is the base64 of strict JSON, and nothing else.',
  members: 'It holds a licence key and a fingerprint as text, and nothing that is not known.',
  limits: 'Neither is empty, or longer than there can be.',
  key: 'The licence key is whole, and of a form that we issue.',
  signature: 'The licence key was issued by us, by keys in use or by those before them.',
  fingerprint: 'The fingerprint is not an id of the licence.',
} as const;

export type KeygenCheck = keyof typeof CHECKS;

/** The same as a list, in their order. */
export const KEYGEN_CHECKS: readonly Check[] = Object.entries(CHECKS).map(([id, asks]) => ({ id, asks }));

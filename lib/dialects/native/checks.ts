import type { Check } from '../dialect';

/** The checks of a file that a device wrote, cheap ones first (docs/formats/native.md, rules). */
const CHECKS = {
  block: 'It holds one block or one bare token, and all of it.',
  direction: 'Its label names a file that devices write.',
  encryption: 'It is encrypted in the one way that is allowed, with no other member in its header.',
  'exchange-key': 'It is encrypted to an exchange key of ours that still opens requests.',
  decryption: 'It was encrypted to that key and not changed since.',
  kind: 'It is signed as a kind of file that devices write, the one its label says.',
  payload: 'What is signed is strict JSON.',
  'device-key': 'Its signer has the device key.',
  version: 'It is of a version that we read.',
  vendor: 'It is for this vendor.',
  claims: 'It says everything it has to, and nothing else.',
  headers: 'Its header lines say what is signed.',
} as const;

export type NativeCheck = keyof typeof CHECKS;

/** The same as a list, in their order. */
export const NATIVE_CHECKS: readonly Check[] = Object.entries(CHECKS).map(([id, asks]) => ({ id, asks }));

import type { KeySet } from '../key-set';
import { generateKeySet } from '../key-set';

/** The keys of the published vectors. They are public, so nothing may ever trust them. */
export interface VectorKeys {
  readonly warning: string;
  readonly account: string;
  readonly other_account: string;
  /** In use. */
  readonly issuer: KeySet;
  /** In use before; what it signed still counts. */
  readonly retired: KeySet;
  /** Of somebody else. */
  readonly other: KeySet;
}

/** Makes a fresh set: for the generator when there is none yet. */
export async function makeVectorKeys(): Promise<VectorKeys> {
  return {
    warning: 'Test keys. Their private halves are published here: never trust them, never use them.',
    account: '7f0c2f5e-6b1d-4c52-9b0e-0d4f3a1c2b4d',
    other_account: '11111111-2222-4333-8444-555555555555',
    issuer: await generateKeySet(),
    retired: await generateKeySet(),
    other: await generateKeySet(),
  };
}

import { randomUUID } from 'node:crypto';
import type { NewCode } from '@/db/entitlements/write-codes';
import {
  generateActivationCode,
  groupActivationCode,
  isActivationCode,
  lastFour,
  normaliseActivationCode,
} from '@/lib/signing/activation-code';
import { boundedText } from '@/lib/signing/bounded-text';
import type { ActingContext } from '../context';

/** A code that the vendor brings along instead of a new one, such as one that was printed before. */
export const ownCode = boundedText(100)
  .refine(isActivationCode, 'expected a code such as this portal makes: 20 characters, the last of which checks the others')
  .transform((typed) => groupActivationCode(normaliseActivationCode(typed)));

/** Makes a code for entitlements of a customer: the code itself, to be shown once, and what of it is stored. */
export async function makeCode(
  { keyring }: ActingContext,
  input: Pick<NewCode, 'customerId' | 'entitlementIds'> & { readonly own: string | null; readonly at: Date },
): Promise<{ code: string; stored: NewCode }> {
  const { own, at, customerId, entitlementIds } = input;
  const code = own ?? generateActivationCode();
  const keys = await keyring.current();
  const digest = await keys.digestCode(code);
  return { code, stored: { id: randomUUID(), customerId, entitlementIds, digest, lastFour: lastFour(code), createdAt: at } };
}

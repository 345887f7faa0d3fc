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

/** An activation code that the vendor supplies instead of a new one, for example one that is already printed. */
export const ownCode = boundedText(100)
  .refine(isActivationCode, 'expected a code such as this portal makes: 20 characters, the last of which checks the others')
  .transform((typed) => groupActivationCode(normaliseActivationCode(typed)));

/** Makes an activation code for entitlements of a customer: the code, to be shown once, and the row that stores its digest. */
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

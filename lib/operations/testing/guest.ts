import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { GuestActor } from '../actor';
import type { OperationContext } from '../context';
import { guestCommit } from '../guest/guest-commit';
import { guestPreview } from '../guest/guest-preview';
import type { GuestFile } from '../guest/guest-shown';
import { guestSubmit } from '../guest/guest-submit';
import type { Result } from '../operation';
import { perform } from '../operation';

/** Makes a guest with a browser and a network address of their own. */
export function makeGuest(known: Partial<Pick<GuestActor, 'visitorId' | 'client'>> = {}): GuestActor {
  return { role: 'guest', label: 'guest', visitorId: randomUUID(), client: randomUUID(), ...known };
}

/** Switches the guest exchange of a product on or off. */
export async function allowGuests(
  { db }: Pick<OperationContext, 'db'>,
  isOn = true,
  productCode = 'press-control',
): Promise<void> {
  await db.execute(sql`update products set guest_exchange = ${isOn} where code = ${productCode}`);
}

/** Submits a file as a guest. `code` is that of the refusal, or null. */
export async function submitAsGuest(
  context: OperationContext,
  file: string | Uint8Array,
): Promise<{ submissionId: string; code: string | null; repeated: boolean }> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const result = await perform(guestSubmit, { fileName: 'request.txt', bytes }, context);
  if (!result.ok) return { submissionId: '', code: result.rejection.code, repeated: false };
  const { submissionId, rejection, repeated } = result.value;
  return { submissionId, code: rejection?.code ?? null, repeated };
}

/** Submits a file as a guest and commits it at once. `code` is null when it was answered. */
export async function exchangeAsGuest(
  context: OperationContext,
  file: string | Uint8Array,
): Promise<{ submissionId: string; code: string | null; repeated: boolean }> {
  const submitted = await submitAsGuest(context, file);
  if (submitted.submissionId === '') return submitted;
  const answered = await perform(guestCommit, { submissionId: submitted.submissionId }, context);
  const { submissionId } = submitted;
  if (!answered.ok) return { submissionId, code: answered.rejection.code, repeated: false };
  return { submissionId, code: null, repeated: answered.value.repeated };
}

/** Previews a guest's submission. */
export function showToGuest(context: OperationContext, submissionId: string): Promise<Result<GuestFile>> {
  return perform(guestPreview, { submissionId }, context);
}

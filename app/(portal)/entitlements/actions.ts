'use server';

import { redirect } from 'next/navigation';
import { issueRefresh } from '@/lib/operations/issue-refresh';
import { releaseSeat } from '@/lib/operations/release-seat';
import { undoRelease } from '@/lib/operations/undo-release';
import { act, fieldOf } from '@/lib/web/act';

/** Makes a refresh file for a device and leads to it. A refusal leads back to the page it was asked on, which says why. */
export async function refreshLease(form: FormData): Promise<void> {
  const activationId = fieldOf(form, 'activation');
  const here = backTo(form);
  const result = await act(issueRefresh, { activationId }, here);
  redirect(result.ok ? `/files/${result.value.exchangeId}` : `${here}?refused=${result.rejection.code}`);
}

/** Releases the seat of a device without its proof. */
export async function release(form: FormData): Promise<void> {
  const activationId = fieldOf(form, 'activation');
  const here = `/seats/${encodeURIComponent(activationId)}/release`;
  const input = { activationId, reason: fieldOf(form, 'reason'), note: fieldOf(form, 'note') };
  const result = await act(releaseSeat, input, here);
  if (!result.ok) redirect(`${here}?refused=${result.rejection.code}`);
  redirect(`/entitlements/${result.value.entitlementId}?released=${result.value.heldUntil === null ? 'free' : 'held'}`);
}

/** Undoes a release, and leads to the entitlement; a refusal leads back to the page it was asked on. */
export async function undo(form: FormData): Promise<void> {
  const here = backTo(form);
  const result = await act(undoRelease, { activationId: fieldOf(form, 'activation') }, here);
  redirect(
    result.ok ? `/entitlements/${result.value.entitlementId}?released=undone` : `${here}?refused=${result.rejection.code}`,
  );
}

/** The page of an entitlement or a device that the form stands on. */
function backTo(form: FormData): string {
  const entitlement = fieldOf(form, 'entitlement');
  if (entitlement !== '') return `/entitlements/${encodeURIComponent(entitlement)}`;
  return `/devices/${encodeURIComponent(fieldOf(form, 'device'))}`;
}

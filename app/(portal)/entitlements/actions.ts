'use server';

import { redirect } from 'next/navigation';
import { disableEntitlement, enableEntitlement } from '@/lib/operations/change-entitlement';
import { issueRefresh } from '@/lib/operations/issue-refresh';
import { releaseSeat } from '@/lib/operations/release-seat';
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

/** Disables an entitlement, or enables it again. */
export async function setDisabled(form: FormData): Promise<void> {
  const entitlementId = fieldOf(form, 'entitlement');
  const here = `/entitlements/${encodeURIComponent(entitlementId)}`;
  const enables = fieldOf(form, 'becomes') === 'enabled';
  const input = { entitlementId, reason: fieldOf(form, 'reason') };
  const result = await act(enables ? enableEntitlement : disableEntitlement, input, `${here}/disable`);
  if (!result.ok) redirect(`${here}/disable?refused=${result.rejection.code}`);
  redirect(`${here}?done=${enables ? 'enabled' : 'disabled'}`);
}

/** The page of an entitlement or a device that the form stands on. */
function backTo(form: FormData): string {
  const entitlement = fieldOf(form, 'entitlement');
  if (entitlement !== '') return `/entitlements/${encodeURIComponent(entitlement)}`;
  return `/devices/${encodeURIComponent(fieldOf(form, 'device'))}`;
}

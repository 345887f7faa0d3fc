'use server';

import { redirect } from 'next/navigation';
import { issueRefresh } from '@/lib/operations/issue-refresh';
import { releaseSeat } from '@/lib/operations/release-seat';
import { act, fieldOf } from '@/lib/web/act';
import { listAddress } from '../list-address';

/** Makes a refresh file for a device and leads to it. A refusal leads back to the page it was asked on, which says why. */
export async function refreshLease(form: FormData): Promise<void> {
  const activationId = fieldOf(form, 'activation');
  const here = backTo(form);
  const result = await act(issueRefresh, { activationId }, here);
  if (result.ok) redirect(`/files/${result.value.exchangeId}`);
  redirect(`${here}${here.includes('?') ? '&' : '?'}refused=${result.rejection.code}`);
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

/** The page of an entitlement, of a device or of leases that the form stands on. */
function backTo(form: FormData): string {
  const within = fieldOf(form, 'leases');
  if (within !== '') return listAddress('/leases', { within });
  const entitlement = fieldOf(form, 'entitlement');
  if (entitlement !== '') return `/entitlements/${encodeURIComponent(entitlement)}`;
  return `/devices/${encodeURIComponent(fieldOf(form, 'device'))}`;
}

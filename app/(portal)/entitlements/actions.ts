'use server';

import { redirect } from 'next/navigation';
import { issueRefresh } from '@/lib/operations/issue-refresh';
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

/** The page of an entitlement, of a device or of leases that the form stands on. */
function backTo(form: FormData): string {
  const within = fieldOf(form, 'leases');
  if (within !== '') return listAddress('/leases', { within });
  const entitlement = fieldOf(form, 'entitlement');
  if (entitlement !== '') return `/entitlements/${encodeURIComponent(entitlement)}`;
  return `/devices/${encodeURIComponent(fieldOf(form, 'device'))}`;
}

'use server';

import { redirect } from 'next/navigation';
import { listAddress } from '@/components/tables/list-address';
import { disableEntitlement, enableEntitlement } from '@/lib/operations/entitlements/change-entitlement';
import { issueRefresh } from '@/lib/operations/leases/issue-refresh';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { fieldOf, runAction } from '@/lib/web/run-action';

/** Makes a refresh file for a device, and redirects to it; after a refusal, back to the page of the form, which explains it. */
export async function refreshLease(form: FormData): Promise<void> {
  const activationId = fieldOf(form, 'activation');
  const here = backTo(form);
  const result = await runAction(issueRefresh, { activationId }, here);
  if (result.ok) redirect(`/files/${result.value.exchangeId}`);
  redirect(refusedAt(here, result));
}

/** Disables an entitlement, or enables it again. */
export async function setDisabled(form: FormData): Promise<void> {
  const entitlementId = fieldOf(form, 'entitlement');
  const here = `/entitlements/${encodeURIComponent(entitlementId)}`;
  const enables = fieldOf(form, 'becomes') === 'enabled';
  const input = { entitlementId, reason: fieldOf(form, 'reason') };
  const result = await runAction(enables ? enableEntitlement : disableEntitlement, input, `${here}/disable`);
  if (!result.ok) redirect(refusedAt(`${here}/disable`, result));
  redirect(`${here}?done=${enables ? 'enabled' : 'disabled'}`);
}

/** Finds the page of the form: an entitlement, a device, or the leases. */
function backTo(form: FormData): string {
  const within = fieldOf(form, 'leases');
  if (within !== '') return listAddress('/leases', { within });
  const entitlement = fieldOf(form, 'entitlement');
  if (entitlement !== '') return `/entitlements/${encodeURIComponent(entitlement)}`;
  return `/devices/${encodeURIComponent(fieldOf(form, 'device'))}`;
}

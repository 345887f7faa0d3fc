'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { listAddress } from '@/components/tables/list-address';
import { openClaim } from '@/lib/operations/claims/open-claim';
import { releaseSeat } from '@/lib/operations/seats/release-seat';
import { undoRelease } from '@/lib/operations/seats/undo-release';
import { notifyClaim } from '@/lib/web/claims/notify-claim';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { fieldOf, runAction } from '@/lib/web/run-action';

/** Releases a seat without proof. Redirects to the file that needs it, or to the entitlement. */
export async function release(form: FormData): Promise<void> {
  const here = releasePage(form);
  const result = await runAction(releaseSeat, releaseOf(form), here);
  if (!result.ok) redirect(refusedAt(releasePage(form), result));
  const { file, entitlementId, heldUntil } = result.value;
  const next = file === null ? `/entitlements/${entitlementId}` : `/exchange/${file.id}`;
  redirect(listAddress(next, { released: heldUntil === null ? 'free' : 'held', seat: fieldOf(form, 'activation') }));
}

/** Opens a claim for the release of a seat. Redirects to the file that needs it, or to the claim. */
export async function requestRelease(form: FormData): Promise<void> {
  const result = await runAction(openClaim, releaseOf(form), releasePage(form));
  if (!result.ok) redirect(refusedAt(releasePage(form), result));
  const { file, claimId } = result.value;
  notifyClaim(claimId);
  revalidatePath('/', 'layout');
  redirect(file === null ? `/claims/${claimId}?done=opened` : listAddress(`/exchange/${file.id}`, { released: 'asked' }));
}

/** Undoes a release. When that is refused, the page of the seat explains why. */
export async function undo(form: FormData): Promise<void> {
  const result = await runAction(undoRelease, { activationId: fieldOf(form, 'activation') }, releasePage(form));
  redirect(result.ok ? `/entitlements/${result.value.entitlementId}?released=undone` : refusedAt(releasePage(form), result));
}

function releaseOf(form: FormData) {
  const file = fieldOf(form, 'file') || null;
  return { activationId: fieldOf(form, 'activation'), reason: fieldOf(form, 'reason'), note: fieldOf(form, 'note'), file };
}

function releasePage(form: FormData): string {
  const page = `/seats/${encodeURIComponent(fieldOf(form, 'activation'))}/release`;
  return listAddress(page, { file: fieldOf(form, 'file') });
}

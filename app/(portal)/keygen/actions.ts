'use server';

import { redirect } from 'next/navigation';
import { checkOutMachine } from '@/lib/operations/keygen/check-out';
import { issueLicenceFile } from '@/lib/operations/keygen/issue-licence-file';
import { issueProof } from '@/lib/operations/keygen/issue-proof';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { fieldOf, fieldsOf, runAction } from '@/lib/web/run-action';

/** Makes a new machine file for a machine with a seat, and redirects to it. */
export async function checkOut(form: FormData): Promise<void> {
  const activationId = fieldOf(form, 'activation');
  const here = seatPage(activationId);
  const result = await runAction(checkOutMachine, { activationId, asked: askedOf(form) }, here);
  redirect(result.ok ? `/files/${result.value.exchangeId}` : refusedAt(here, result));
}

/** Makes an activation proof for a machine with a seat, and redirects to it. */
export async function prove(form: FormData): Promise<void> {
  const activationId = fieldOf(form, 'activation');
  const here = seatPage(activationId);
  const result = await runAction(issueProof, { activationId }, here);
  redirect(result.ok ? `/files/${result.value.exchangeId}` : refusedAt(here, result));
}

/** Makes a licence file, and redirects to it. */
export async function makeLicenceFile(form: FormData): Promise<void> {
  const entitlementId = fieldOf(form, 'entitlement');
  const here = `/entitlements/${encodeURIComponent(entitlementId)}/licence-file`;
  const result = await runAction(issueLicenceFile, { entitlementId, asked: askedOf(form) }, here);
  redirect(result.ok ? `/files/${result.value.exchangeId}` : refusedAt(here, result));
}

function seatPage(activationId: string): string {
  return `/seats/${encodeURIComponent(activationId)}/machine-file`;
}

/** Reads the options of the file. A lifetime that is no number is passed on as it is, so that the operation refuses it. */
function askedOf(form: FormData) {
  const seconds = fieldOf(form, 'ttl').trim();
  const signature = fieldOf(form, 'signature');
  const encoding = fieldOf(form, 'encoding');
  return {
    ...(seconds === '' ? {} : { ttlSeconds: numberOf(seconds) }),
    ...(signature === '' || encoding === '' ? {} : { algorithm: `${encoding}+${signature}` }),
    include: fieldsOf(form, 'include'),
  };
}

function numberOf(text: string): number {
  const value = Number(text);
  return Number.isFinite(value) ? value : -1;
}

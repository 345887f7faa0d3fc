import type { ClaimRow } from '@/db/claim-json';
import type { Addressee } from '@/db/list-claims';
import { listDeciders, readAddressee } from '@/db/list-claims';
import type { ReleaseCaseFound } from '@/db/read-release-case';
import type { ReleaseReason } from '@/lib/licensing/lost-device-claim';
import type { Actor } from './actor';
import type { ActingContext } from './context';

/** A message about a claim that is to be sent, now that what it tells of is written. */
export interface ClaimMail {
  readonly tells: 'asked' | 'approved' | 'refused';
  readonly to: Addressee;
  readonly claimId: string;
  readonly deviceName: string;
  readonly productName: string;
  readonly customerName: string;
  /** Who asked or answered: the name of an account's owner as it signs in. */
  readonly by: string;
  readonly reason: ReleaseReason;
  /** The words of whoever asked, or of whoever answered. */
  readonly words: string;
  /** Until when the seat stays held after an approval; null when it is free at once. */
  readonly heldUntil: Date | null;
}

type Case = NonNullable<ReleaseCaseFound['found']>;

function subjectOf({ device, entitlement }: Pick<Case, 'device' | 'entitlement'>, actor: Actor) {
  const { productName, customerName } = entitlement;
  return { deviceName: device.name, productName, customerName, by: actor.label };
}

/** The messages to those who can answer a claim that was just made. */
export async function mailsToDeciders(
  { db, actor }: ActingContext,
  { found, claim }: { found: Case; claim: Pick<ClaimRow, 'id' | 'claimantId' | 'reason' | 'note'> },
): Promise<ClaimMail[]> {
  const deciders = await listDeciders(db, { customerId: found.entitlement.customerId, claimantId: claim.claimantId });
  const { id: claimId, reason, note } = claim;
  const told = { ...subjectOf(found, actor), claimId, reason, words: note, heldUntil: null };
  return deciders.map((to) => ({ tells: 'asked', to, ...told }));
}

/** The message to whoever made a claim that was just answered; none when they were removed. */
export async function mailsToClaimant(
  { db, actor }: ActingContext,
  input: { found: Case; claim: ClaimRow; tells: 'approved' | 'refused'; answer: string; heldUntil: Date | null },
): Promise<ClaimMail[]> {
  const { found, claim, tells, answer, heldUntil } = input;
  const to = await readAddressee(db, claim.claimantId);
  if (to === null) return [];
  const { id: claimId, reason } = claim;
  return [{ tells, to, ...subjectOf(found, actor), claimId, reason, words: answer, heldUntil }];
}

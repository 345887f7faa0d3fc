/** An account that is younger than this does not count as known. */
const KNOWN_AFTER_DAYS = 7;

/** Why approver and claimant may be the same person. */
export const APPROVER_TIES = ['approver-young', 'invited-by-claimant', 'claimant-invited-and-young'] as const;
export type ApproverTie = (typeof APPROVER_TIES)[number];

/** An account of a customer, with the facts that show whose it may be. */
export interface KnownAccount {
  readonly userId: string;
  /** When the account became active. */
  readonly joinedAt: Date;
  /** Who invited it, who invited them, and so on, in any order. */
  readonly inviterIds: readonly string[];
}

const DAY_MS = 86_400_000;

/**
 * Finds the ties between an administrator who approves and the claimant: one person can invite a second address of their own, and claim with
 * one and approve with the other. A member whom the administrator invited long ago is the usual case, and no tie.
 *
 * @returns none for two accounts that are known and came independently
 */
export function findTies({
  approver,
  claimant,
  now,
}: {
  readonly approver: KnownAccount;
  readonly claimant: KnownAccount;
  readonly now: Date;
}): ApproverTie[] {
  const isYoung = ({ joinedAt }: KnownAccount) => now.getTime() - joinedAt.getTime() < KNOWN_AFTER_DAYS * DAY_MS;
  const ties: Record<ApproverTie, boolean> = {
    'approver-young': isYoung(approver),
    'invited-by-claimant': approver.inviterIds.includes(claimant.userId),
    'claimant-invited-and-young': claimant.inviterIds.includes(approver.userId) && isYoung(claimant),
  };
  return APPROVER_TIES.filter((tie) => ties[tie]);
}

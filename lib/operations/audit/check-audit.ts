import { z } from 'zod';
import type { UnsealedStanding } from '@/db/audit/audit-standing';
import { readStanding, writeOnceADay } from '@/db/audit/audit-standing';
import type { AuditEntry } from '@/db/exchange/exchange-entry';
import type { ActingContext } from '../context';
import { defineOperation, done } from '../operation';
import { instantOf, operatorAudit } from './operator-audit';
import { sealMissedEntries } from './seal-audit';

/** How long an entry may wait for its seal, which it gets within a minute or two. */
const PATIENCE_MS = 3_600_000;

/** Entries that wait for their seal for longer than an hour. */
export const auditStanding = defineOperation({
  name: 'audit.standing',
  kind: 'query',
  permission: 'audit:check',
  input: z.strictObject({}),
  run: async (_, context) => done(await standingAt(context, await instantOf(context))),
});

/** What a check of the audit found. */
export interface AuditCheck extends UnsealedStanding {
  /** Entries that were kept from their seal, and have it now, behind later ones. */
  readonly leftOut: number;
}

/**
 * Checks that the audit is sealed, and writes into it what is not as it should be. Sealing by the minute begins where it left off, so from
 * time to time the whole audit is looked at.
 */
export const checkAudit = defineOperation({
  name: 'audit.check',
  kind: 'command',
  permission: 'audit:seal',
  input: z.strictObject({ whole: z.boolean().default(false) }),
  async run({ whole }, context) {
    const at = await instantOf(context);
    const standing = await standingAt(context, at);
    const { unsealed: entries, oldestAt } = standing;
    const tell = (action: 'audit.unsealed' | 'audit.sealed-late', detail: AuditEntry['detail']) =>
      writeOnceADay(context.db, operatorAudit(context, { at, action, detail: detail ?? {} }));
    if (entries > 0) await tell('audit.unsealed', { entries, oldestAt: oldestAt?.toISOString() ?? null });
    const leftOut = whole ? await sealMissedEntries(context) : 0;
    if (leftOut > 0) await tell('audit.sealed-late', { entries: leftOut });
    return done<AuditCheck>({ ...standing, leftOut });
  },
});

/** Before there is a vendor nothing can be sealed, and entries wait. */
async function standingAt({ db, keyring }: ActingContext, at: Date): Promise<UnsealedStanding> {
  if ((await keyring.vendor()) === null) return { unsealed: 0, oldestAt: null };
  return readStanding(db, new Date(at.getTime() - PATIENCE_MS));
}

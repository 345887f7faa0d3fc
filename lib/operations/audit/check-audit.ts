import { z } from 'zod';
import type { UnsealedStanding } from '@/db/audit/audit-standing';
import { readStanding, writeOnceADay } from '@/db/audit/audit-standing';
import type { AuditEntry } from '@/db/exchange/exchange-entry';
import type { ActingContext } from '../context';
import { defineOperation, done } from '../operation';
import { instantOf, operatorAudit } from './operator-audit';
import { sealMissedEntries } from './seal-audit';

/** How long an entry may wait for its audit seal, which it usually gets within two minutes. */
const PATIENCE_MS = 3_600_000;

/** Counts the entries that have waited longer than an hour for their audit seal. */
export const auditStanding = defineOperation({
  name: 'audit.standing',
  kind: 'query',
  permission: 'audit:check',
  input: z.strictObject({}),
  run: async (_, context) => done(await standingAt(context, await instantOf(context))),
});

/** The result of a check of the audit. */
export interface AuditCheck extends UnsealedStanding {
  /** Entries that sealing had missed and this check sealed behind later ones. */
  readonly leftOut: number;
}

/**
 * Checks that the audit is sealed and writes deviations into it, each at most once a day. The regular sealing begins where it left off;
 * `whole` searches the entire audit for entries that it missed.
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
    const record = (action: 'audit.unsealed' | 'audit.sealed-late', detail: AuditEntry['detail']) =>
      writeOnceADay(context.db, operatorAudit(context, { at, action, detail: detail ?? {} }));
    if (entries > 0) await record('audit.unsealed', { entries, oldestAt: oldestAt?.toISOString() ?? null });
    const leftOut = whole ? await sealMissedEntries(context) : 0;
    if (leftOut > 0) await record('audit.sealed-late', { entries: leftOut });
    return done<AuditCheck>({ ...standing, leftOut });
  },
});

/** Without a vendor nothing can be sealed, and no entry counts as late. */
async function standingAt({ db, keyring }: ActingContext, at: Date): Promise<UnsealedStanding> {
  if ((await keyring.vendor()) === null) return { unsealed: 0, oldestAt: null };
  return readStanding(db, new Date(at.getTime() - PATIENCE_MS));
}

import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { readWatermark } from '@/db/audit/audit-standing';
import type { Seal, SealBatch, SignedCheckpoint } from '@/db/audit/write-seals';
import { readHorizon, readUnsealed, stillWriting, writeSeals } from '@/db/audit/write-seals';
import { entryHash, firstHash, VENDOR_CHAIN } from '@/lib/signing/audit/chain';
import { signCheckpoint } from '@/lib/signing/audit/checkpoint';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import { nativeKeys } from '../native/keys';
import { defineOperation, done } from '../operation';

/** Entries that one statement seals. */
const BATCH = 500;
/** The range of entry ids that one statement searches. */
const PART = 50_000;
/** How long to wait for transactions that are still writing; entries behind them are sealed by the next run. */
const PATIENCE_MS = 2_000;
const PAUSE_MS = 20;

/** The result of a run. `waiting`: a transaction is still writing among the remaining entries. */
export interface SealingOutcome {
  readonly sealed: number;
  readonly waiting: boolean;
}

/**
 * Puts audit seals on all entries up to this moment: gives each its sequence and hash in the chain of its customer, in the order of ids, and
 * signs a checkpoint at the end of each chain (docs/formats/audit.md). Run again, it seals new entries; concurrent runs seal each entry once.
 */
export const sealAudit = defineOperation({
  name: 'audit.seal',
  kind: 'command',
  permission: 'audit:seal',
  input: z.strictObject({}),
  run: async (_, context) => done(await sealUpToNow(context)),
});

/** As {@link sealAudit}, for operations that need the chain to be up to date. */
export async function sealUpToNow(
  context: Pick<ActingContext, 'db' | 'keyring'>,
  patienceMs = PATIENCE_MS,
): Promise<SealingOutcome> {
  const { db, keyring } = context;
  // Without a vendor nothing can be signed.
  if ((await keyring.vendor()) === null) return { sealed: 0, waiting: true };
  const horizon = await readHorizon(db);
  if (!(await waitForWriters(context, { writers: horizon.writers, patienceMs }))) return { sealed: 0, waiting: true };
  return { sealed: await sealAll(context, { horizon: horizon.id }), waiting: false };
}

/**
 * Seals entries among those sealed long ago, where regular sealing does not search: entries that were withheld from it or inserted later.
 * Searches the whole audit, a part at a time. @returns how many entries it sealed
 */
export async function sealMissedEntries(context: Pick<ActingContext, 'db' | 'keyring'>): Promise<number> {
  if ((await context.keyring.vendor()) === null) return 0;
  const end = await readWatermark(context.db);
  let sealed = 0;
  for (let after = 0; after < end; after += PART) {
    sealed += await sealAll(context, { after, horizon: Math.min(after + PART, end) });
  }
  return sealed;
}

/** Seals the unsealed entries of a part of the audit. */
async function sealAll(
  { db, keyring }: Pick<ActingContext, 'db' | 'keyring'>,
  part: { readonly after?: number; readonly horizon: number },
): Promise<number> {
  const keys = await keyring.current();
  let sealed = 0;
  for (;;) {
    const batch = await readUnsealed(db, { ...part, limit: BATCH });
    if (batch.entries.length === 0) return sealed;
    const outcome = await writeSeals(db, await sealBatch(keys, batch));
    if (outcome === 'done') sealed += batch.entries.length;
  }
}

async function waitForWriters(
  { db }: Pick<ActingContext, 'db'>,
  { writers, patienceMs }: { writers: readonly string[]; patienceMs: number },
): Promise<boolean> {
  const startedAt = performance.now();
  while (await stillWriting(db, writers)) {
    if (performance.now() - startedAt >= patienceMs) return false;
    await wait(PAUSE_MS);
  }
  return true;
}

async function sealBatch(
  keys: Keys,
  batch: SealBatch,
): Promise<{ seals: readonly Seal[]; checkpoints: readonly SignedCheckpoint[] }> {
  const { vendorId } = keys;
  const known = new Map(batch.heads.map(({ chain, sequence, hash }) => [chain, { sequence, hash }]));
  const heads = new Map<string, { sequence: number; hash: string }>();
  const seals = batch.entries.map((entry): Seal => {
    const chain = typeof entry.customer_id === 'string' ? entry.customer_id : VENDOR_CHAIN;
    const head = heads.get(chain) ?? known.get(chain) ?? { sequence: 0, hash: firstHash({ vendorId, chain }) };
    const sequence = head.sequence + 1;
    const hash = entryHash({ previous: head.hash, sequence, entry });
    heads.set(chain, { sequence, hash });
    return { auditId: Number(entry.id), sequence, hash };
  });
  const key = await nativeKeys(keys).native();
  const checkpoints = [...heads].map(async ([chain, head]): Promise<SignedCheckpoint> => {
    const token = signCheckpoint({ vendorId, chain, ...head, at: batch.now }, key);
    return { chain, ...head, token, at: batch.now };
  });
  return { seals, checkpoints: await Promise.all(checkpoints) };
}

import { randomUUID } from 'node:crypto';
import { callCommit } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import { readExchange } from '@/db/exchange/read-exchange';
import { toRowJson } from '@/db/row';
import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import type { SealedFile } from '@/lib/licensing/exchange/reply';
import type { Facts, Rejection } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import { auditOf, startExchange } from '../exchange/record-exchange';
import { retryCommit } from '../exchange/retry-commit';
import type { Result } from '../operation';
import { done, refuse } from '../operation';

/** A file that gives no lease, and the state it was made from. */
export interface Document {
  readonly file: SealedFile;
  readonly kind: 'licence-file' | 'activation-proof';
  readonly now: Date;
  readonly entitlement: {
    readonly id: string;
    readonly revision: number;
    readonly customerId: string;
    readonly productCode: string;
  };
  /** The machine that the file is for; omitted when it is for any machine. */
  readonly machine?: Pick<ExchangeEntry, 'deviceId' | 'activationId' | 'deviceName'>;
  readonly action: AuditAction;
  /** Stored with the exchange and in the audit. */
  readonly facts: Facts;
}

/**
 * Makes a file that gives no lease and stores it as an exchange, so that it can be downloaded again. When the entitlement changed meanwhile,
 * the file is made anew from the present state.
 *
 * @param make reads the present state and makes the file
 * @returns the id of the exchange
 */
export async function commitDocument(
  context: ActingContext,
  make: () => Promise<Result<Document>>,
): Promise<Result<{ readonly exchangeId: string }>> {
  // One id for all attempts, so that a retry recognises a file that was written before the connection was lost.
  const exchangeId = randomUUID();
  const outcome = await retryCommit(async (again): Promise<Rejection | { readonly exchangeId: string } | 'stale'> => {
    const scope = scopeOf(context.actor);
    if (again && (await readExchange(context.db, { scope, exchangeId })) !== null) return { exchangeId };
    const made = await make();
    if (!made.ok) return made.rejection;
    return (await write(context, { document: made.value, exchangeId })) === 'done' ? { exchangeId } : 'stale';
  });
  return 'code' in outcome ? refuse(outcome) : done(outcome);
}

async function write(context: ActingContext, { document, exchangeId }: { document: Document; exchangeId: string }) {
  const { file, kind, now, entitlement, machine = {}, action, facts } = document;
  const { files } = await context.keyring.current();
  const exchange: ExchangeEntry = {
    ...startExchange(context, { at: now, kind, outcome: 'issued', customerId: entitlement.customerId }),
    id: exchangeId,
    dialect: 'keygen',
    productCode: entitlement.productCode,
    entitlementId: entitlement.id,
    ...machine,
    facts,
    replyName: file.fileName,
    reply: await files.encrypt(new TextEncoder().encode(file.text)),
  };
  return callCommit(context.db, 'commit_document', {
    entitlement_id: entitlement.id,
    revision: entitlement.revision,
    exchange: toRowJson(exchange),
    audit: toRowJson(auditOf(context, exchange, { action, detail: facts })),
  });
}

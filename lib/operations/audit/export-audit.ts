import { z } from 'zod';
import { readChain } from '@/db/audit/write-seals';
import { readKeys } from '@/db/keys/read-keys';
import { readCustomers } from '@/db/people/manage-people';
import { reject } from '@/lib/licensing/refusals/rejection';
import { VENDOR_CHAIN } from '@/lib/signing/audit/chain';
import { headerLine, sealedLine, tokenLine } from '@/lib/signing/audit/export-lines';
import { publicJwkOf } from '@/lib/signing/jwk';
import { customerIdOf } from '../actor';
import type { ActingContext } from '../context';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { unknownName } from './operator-audit';
import { sealUpToNow } from './seal-audit';

/** Entries on one page of an export. */
const PAGE = 500;

/** A part of an export: lines without line ends, and the `after` of the next part; null after the last. */
export interface AuditPart {
  readonly lines: readonly string[];
  /** How many of the lines are entries. */
  readonly entries: number;
  readonly next: number | null;
}

/**
 * Exports a part of the audit of a customer or of the vendor, as lines of the export format (docs/formats/audit.md). The first part seals new
 * entries beforehand, so that the export is complete up to that moment.
 */
export const exportAudit = defineOperation({
  name: 'audit.export',
  kind: 'command',
  permission: 'audit:export',
  input: z.strictObject({
    /** Code of the customer; null for the vendor's own chain. An administrator leaves it out and gets their own customer's. */
    customer: z.string().max(200).nullable().default(null),
    after: z.int().min(0).default(0),
  }),
  async run({ customer, after }, context) {
    const chain = await chainOf(context, customer);
    if (!chain.ok) return chain;
    const { vendor } = await readKeys(context.db);
    if (vendor === null) return refuse(reject('vendor-missing'));
    if (after === 0) await sealUpToNow(context);
    const entries = await readChain(context.db, { chain: chain.value, after, limit: PAGE });
    const header = headerLine({ vendorId: vendor.id, chain: chain.value, rootKey: publicJwkOf(vendor.rootJwk) });
    const lines = entries.flatMap(({ token, ...entry }) => [sealedLine(entry), ...(token === null ? [] : [tokenLine(token)])]);
    const last = entries.at(-1);
    return done<AuditPart>({
      lines: after === 0 ? [header, ...lines] : lines,
      entries: entries.length,
      next: entries.length < PAGE || last === undefined ? null : last.sequence,
    });
  },
});

async function chainOf({ actor, db }: ActingContext, code: string | null): Promise<Result<string>> {
  const own = customerIdOf(actor);
  if (own !== null) return code === null ? done(own) : refuse(reject('not-allowed'));
  if (code === null) return done(VENDOR_CHAIN);
  const [customer] = await readCustomers(db, code);
  return customer === undefined ? refuse(unknownName('customer', code)) : done(customer.id);
}

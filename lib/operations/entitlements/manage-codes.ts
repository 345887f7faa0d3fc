import { z } from 'zod';
import { insertCode, readCodes, readCustomersOf, writeWithdrawal } from '@/db/entitlements/write-codes';
import type { CodeKind } from '@/lib/licensing/dialects/code-kind';
import { reject } from '@/lib/licensing/refusals/rejection';
import { isActivationCode, lastFour } from '@/lib/signing/activation-code';
import { boundedText } from '@/lib/signing/bounded-text';
import { instantOf, nameTaken, operatorAudit, unknownName } from '../audit/operator-audit';
import type { OperationContext } from '../context';
import { dialectsOf } from '../dialects/registry';
import { defineOperation, done, refuse } from '../operation';
import { makeCode, ownCode } from './make-code';

/** Detects the kind of a code by its text alone; null when the text fits no kind. */
function detectCodeKind(context: Pick<OperationContext, 'dialects'>, text: string): CodeKind | null {
  if (isActivationCode(text)) return 'activation-code';
  const kinds = dialectsOf(context).flatMap(({ detectCode }) => detectCode?.(text) ?? []);
  return kinds[0] ?? null;
}

/** A code of a dialect, such as a licence key. */
const codeOfDialect = boundedText(8192).refine((text) => detectCodeKind({}, text) !== null, 'expected a licence key');

/** Creates an activation code for one entitlement, or for several of one customer (a bundle). The result holds the code, this once. */
export const createCode = defineOperation({
  name: 'code.create',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({
    entitlementIds: z.tuple([z.uuid()], z.uuid()).refine((ids) => ids.length <= 50, 'expected 50 entitlements at most'),
    activationCode: ownCode.nullable().default(null),
  }),
  async run({ entitlementIds: [first, ...others], activationCode }, context) {
    const entitlementIds = [first, ...new Set(others.filter((id) => id !== first))] as const;
    const customers = await readCustomersOf(context.db, entitlementIds);
    const missing = entitlementIds.find((id) => !customers.has(id));
    if (missing !== undefined) return refuse(unknownName('entitlement', missing));
    const [customerId, another] = new Set(customers.values());
    if (customerId === undefined || another !== undefined) {
      return refuse(reject('input-refused', { problem: 'entitlementIds: expected entitlements of one customer' }));
    }
    const at = await instantOf(context);
    const { code, stored } = await makeCode(context, {
      customerId,
      entitlementIds: [...entitlementIds],
      own: activationCode,
      at,
    });
    const detail = { codeId: stored.id, lastFour: stored.lastFour, entitlementIds };
    const outcome = await insertCode(context.db, {
      code: stored,
      audit: operatorAudit(context, { at, action: 'code.created', customerId, detail }),
    });
    if (outcome === 'exists') return refuse(nameTaken('activation code that ends', lastFour(code)));
    return done({ id: stored.id, activationCode: code, entitlementIds });
  },
});

/** Withdraws an activation code or a licence key: requests with it are refused from now on. Devices activated with it keep their seats. */
export const withdrawCode = defineOperation({
  name: 'code.withdraw',
  kind: 'command',
  permission: 'installation:manage',
  /** The code itself, or its id. */
  input: z.strictObject({ code: z.union([z.uuid(), ownCode, codeOfDialect]) }),
  async run({ code }, context) {
    const isId = z.uuid().safeParse(code).success;
    const at = await instantOf(context);
    const kind = detectCodeKind(context, code) ?? 'activation-code';
    const digest = isId ? null : await (await context.keyring.current()).digestCode(code, kind);
    const audit = operatorAudit(context, { at, action: 'code.withdrawn' });
    const outcome = await writeWithdrawal(context.db, { codeId: isId ? code : null, digest, at, audit });
    if (outcome === 'unknown') return refuse(unknownName('activation code', isId ? code : `… ${lastFour(code)}`));
    return done({ changed: outcome === 'changed' });
  },
});

/** Lists the activation codes of an entitlement: their last four characters and the other entitlements they cover. */
export const listCodes = defineOperation({
  name: 'code.list',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({ entitlementId: z.uuid() }),
  async run({ entitlementId }, { db }) {
    const known = await readCustomersOf(db, [entitlementId]);
    if (!known.has(entitlementId)) return refuse(unknownName('entitlement', entitlementId));
    return done(await readCodes(db, entitlementId));
  },
});

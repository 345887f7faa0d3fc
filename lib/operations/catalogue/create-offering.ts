import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { insertOffering, overdraftColumns, readProducts } from '@/db/catalogue/manage-catalogue';
import { checkOffering } from '@/lib/licensing/catalogue/check-offering';
import { PLAN_TYPES, START_RULES } from '@/lib/licensing/entitlements/plan';
import { RELEASE_RULES } from '@/lib/licensing/seats/release-policy';
import { instantOf, nameTaken, operatorAudit, unknownName } from '../audit/operator-audit';
import { dialectsOfTerms, offeringTermsInput, offeringTermsWrites, splitOfferingTerms } from '../dialects/offering-terms';
import { defineOperation, done, refuse } from '../operation';
import {
  allowanceColumns,
  allowances,
  attributes,
  code,
  dialectNames,
  duration,
  features,
  line,
  overdraft,
  releaseLimit,
  releaseRoles,
} from '../operator-input';

/** Creates an offering: an edition and plan of a product that can be ordered, with its terms. */
export const createOffering = defineOperation({
  name: 'offering.create',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({
    product: code,
    code,
    edition: line(100),
    planType: z.enum(PLAN_TYPES),
    startRule: z.enum(START_RULES),
    termLength: duration.nullable().default(null),
    /** Null: offline use is not sold. */
    offlineLeasePeriod: duration.nullable().default(null),
    gracePeriod: duration.nullable().default(null),
    maintenanceLength: duration.nullable().default(null),
    overdraft: overdraft.default({ kind: 'none' }),
    releaseRule: z.enum(RELEASE_RULES).default('when-lease-ran-out'),
    releaseRoles: releaseRoles.default(['customer_admin', 'support']),
    /** A release needs the approval of somebody else, an administrator or support. */
    releaseApproval: z.boolean().default(false),
    /** The approver must have no ties to the claimant. */
    releaseIndependent: z.boolean().default(false),
    /** Null: any number. */
    releaseLimit: releaseLimit.nullable().default(null),
    reinstalls: allowances.reinstalls.optional(),
    returns: allowances.returns.optional(),
    /** Omitted: derived from the terms for single dialects. */
    dialects: dialectNames.optional(),
    ...offeringTermsInput,
    features: features.default([]),
    attributes: attributes.default({}),
  }),
  async run(input, context) {
    const { general, special } = splitOfferingTerms(input);
    const { product: productCode, overdraft: above, releaseLimit: limit, reinstalls, returns, ...terms } = general;
    const refused = checkOffering({ ...terms, overdraft: above });
    if (refused !== null) return refuse(refused);
    const [product] = await readProducts(context.db, productCode);
    if (product === undefined) return refuse(unknownName('product', productCode));

    const at = await instantOf(context);
    const id = randomUUID();
    const limits = { releaseLimit: limit?.releases ?? null, releaseLimitDays: limit?.days ?? null };
    const outcome = await insertOffering(context.db, {
      offering: {
        ...{ ...terms, dialects: terms.dialects ?? dialectsOfTerms(special) },
        ...overdraftColumns(above),
        ...limits,
        ...allowanceColumns({ reinstalls, returns }),
        id,
        productId: product.id,
        createdAt: at,
      },
      more: offeringTermsWrites(context.db, id, special),
      audit: operatorAudit(context, { at, action: 'offering.created', detail: { id, code: terms.code, product: productCode } }),
    });
    return outcome === 'exists' ? refuse(nameTaken('offering', terms.code)) : done({ id, code: terms.code });
  },
});

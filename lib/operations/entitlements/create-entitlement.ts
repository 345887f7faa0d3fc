import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { OfferingRow } from '@/db/catalogue/manage-catalogue';
import { readOfferings } from '@/db/catalogue/manage-catalogue';
import { insertEntitlement } from '@/db/entitlements/manage-entitlements';
import type { CustomerRow } from '@/db/people/manage-people';
import { readCustomers } from '@/db/people/manage-people';
import type { Term } from '@/lib/licensing/entitlements/entitlement';
import { startTerm } from '@/lib/licensing/entitlements/plan';
import { addDuration } from '@/lib/licensing/leases/duration';
import { reject } from '@/lib/licensing/refusals/rejection';
import { lastFour } from '@/lib/signing/activation-code';
import { instantOf, nameTaken, operatorAudit, unknownName } from '../audit/operator-audit';
import type { ActingContext } from '../context';
import type { MadeCode, NewEntitlementCase } from '../dialects/hooks';
import { splitOfferingTerms } from '../dialects/offering-terms';
import { dialectsOf } from '../dialects/registry';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { code, email, instant, line, seats } from '../operator-input';
import { findPersonIds } from '../people/find-person-ids';
import { makeCode, ownCode } from './make-code';

/**
 * Creates an entitlement of an offering for a customer, with the present terms of the offering, and an activation code for it. The result
 * holds the code, this once; only its digest and last four characters are stored.
 */
export const createEntitlement = defineOperation({
  name: 'entitlement.create',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({
    customer: code,
    offering: code,
    seats,
    /** For offerings that start on a date. */
    startsAt: instant.nullable().default(null),
    orderReference: line(100).nullable().default(null),
    /** Members who may use it. */
    assign: z.array(email).max(200).default([]),
    activationCode: ownCode.nullable().default(null),
  }),
  async run(input, context) {
    const parties = await findParties(context, input);
    if (!parties.ok) return parties;

    const at = await instantOf(context);
    const id = randomUUID();
    const { customer, offering, userIds } = parties.value;
    const code = { customerId: customer.id, entitlementIds: [id] as const, own: input.activationCode, at };
    const { code: activationCode, stored } = await makeCode(context, code);
    const term = startTerm({ ...offering, now: at, startsAt: input.startsAt });
    const { seats: bought, orderReference } = input;
    const customerId = customer.id;
    const detail = {
      offering: offering.code,
      seats: bought,
      assigned: input.assign,
      codeId: stored.id,
      lastFour: stored.lastFour,
    };
    const codes = await makeCodes(context, { offering, id, customerId, term, at });
    if (!codes.ok) return codes;
    const outcome = await insertEntitlement(context.db, {
      entitlement: {
        ...termsOf(offering, term, at),
        id,
        customerId,
        orderReference: orderReference ?? '',
        seats: bought,
        createdAt: at,
      },
      userIds,
      code: stored,
      more: codes.value.flatMap(({ writes }) => writes),
      audit: operatorAudit(context, { at, action: 'entitlement.created', customerId, entitlementId: id, detail }),
    });
    if (outcome === 'exists') return refuse(nameTaken('activation code that ends', lastFour(activationCode)));
    const made = { id, customer: customer.code, offering: offering.code, seats: bought, term, codeId: stored.id, activationCode };
    return done({ ...made, licenceKey: codes.value[0]?.text ?? null });
  },
});

/** Finds the customer, the offering and the assigned people of a new entitlement. */
async function findParties(
  { db }: ActingContext,
  input: { customer: string; offering: string; startsAt: Date | null; assign: readonly string[] },
): Promise<Result<{ customer: CustomerRow; offering: OfferingRow; userIds: string[] }>> {
  const [[customer], [offering]] = await Promise.all([readCustomers(db, input.customer), readOfferings(db, input.offering)]);
  if (customer === undefined) return refuse(unknownName('customer', input.customer));
  if (offering === undefined) return refuse(unknownName('offering', input.offering));
  if (input.startsAt !== null && offering.startRule !== 'on-date') {
    return refuse(reject('input-refused', { problem: `startsAt: this offering starts ${offering.startRule}` }));
  }
  const people = await findPersonIds(db, { customer, emails: input.assign });
  return people.ok ? done({ customer, offering, userIds: people.value }) : people;
}

/** Makes the codes of single dialects for a new entitlement, such as a licence key, where its offering says so. */
async function makeCodes(context: ActingContext, of: NewEntitlementCase): Promise<Result<readonly MadeCode[]>> {
  const made: MadeCode[] = [];
  for (const { hooks } of dialectsOf(context)) {
    const code = (await hooks.makeCode?.(context, of)) ?? null;
    if (code?.ok === false) return code;
    if (code !== null) made.push(code.value);
  }
  return done(made);
}

/** The terms that what is sold copies from its offering: every column that both tables have. */
export function copiedTerms(offering: OfferingRow) {
  const { id, productId, productCode, code, edition, createdAt, maintenanceLength, ...terms } = offering;
  return splitOfferingTerms(terms).general;
}

/** The terms of a new entitlement. */
function termsOf(offering: OfferingRow, term: Term, at: Date) {
  const { maintenanceLength } = offering;
  const maintenanceEndsAt = maintenanceLength === null ? null : addDuration(term.startsAt ?? at, maintenanceLength);
  return {
    ...copiedTerms(offering),
    ...{ offeringId: offering.id, startsAt: term.startsAt, termEndsAt: term.endsAt, maintenanceEndsAt },
  };
}

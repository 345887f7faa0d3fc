import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { offerings } from '@/db/schema/catalogue';
import { activationCodeEntitlements, activationCodes, entitlementAssignments, entitlements } from '@/db/schema/entitlements';
import { customers, users } from '@/db/schema/people';
import { generateActivationCode, lastFour } from '@/lib/signing/activation-code';
import type { Actor } from '../actor';
import { userIdOf } from '../actor';
import type { TestPortal } from './test-portal';

/** A customer with the three kinds of people. `stranger` is a member without any entitlement. */
export interface TestCustomer {
  readonly id: string;
  readonly code: string;
  readonly member: Actor;
  readonly stranger: Actor;
  readonly admin: Actor;
}

/** Makes a person of the vendor's support. */
export async function makeSupport(portal: TestPortal): Promise<Actor> {
  const label = `support-${randomUUID().slice(0, 8)}@example.com`;
  const [user] = await portal.db
    .insert(users)
    .values({ email: label, name: 'Support', role: 'support' })
    .returning({ id: users.id });
  return { role: 'support', userId: user?.id ?? '', label };
}

export const OPERATOR: Actor = { role: 'operator', label: 'operator' };

/** Makes a customer with a member, a member without entitlements, and an administrator. */
export async function makeCustomer(portal: TestPortal, name = 'Northgate Works'): Promise<TestCustomer> {
  const code = randomUUID().slice(0, 8);
  const [customer] = await portal.db.insert(customers).values({ code, name }).returning({ id: customers.id });
  const customerId = customer?.id ?? '';
  const person = async (who: string, role: 'member' | 'customer_admin'): Promise<Actor> => {
    const label = `${who}-${code}@example.com`;
    const [user] = await portal.db
      .insert(users)
      .values({ email: label, name: who, role, customerId })
      .returning({ id: users.id });
    return { role, userId: user?.id ?? '', customerId, label };
  };
  return {
    id: customerId,
    code,
    member: await person('member', 'member'),
    stranger: await person('stranger', 'member'),
    admin: await person('admin', 'customer_admin'),
  };
}

/** Makes another member or administrator of a customer. @returns the person's id */
export async function makeMember(
  portal: TestPortal,
  customer: Pick<TestCustomer, 'id'>,
  role: 'member' | 'customer_admin' = 'member',
): Promise<string> {
  const [user] = await portal.db
    .insert(users)
    .values({ email: `${randomUUID()}@example.com`, name: 'Colleague', role, customerId: customer.id })
    .returning({ id: users.id });
  return user?.id ?? '';
}

/** An entitlement with a code, assigned to the customer's member. */
export interface TestEntitlement {
  readonly id: string;
  readonly codeId: string;
  readonly code: string;
}

type Terms = Partial<typeof entitlements.$inferInsert>;

/** Sells the customer seats of `press-control`: five for a year from 2026, leased for 90 days, unless `terms` say otherwise. */
export async function makeEntitlement(portal: TestPortal, customer: TestCustomer, terms: Terms = {}): Promise<TestEntitlement> {
  const [offering] = await portal.db
    .insert(offerings)
    .values({
      productId: terms.offeringId ?? portal.productId,
      code: `offering-${randomUUID()}`,
      edition: 'Pro',
      planType: terms.planType ?? 'subscription',
      startRule: 'on-date',
      termLength: 'P100Y',
    })
    .returning({ id: offerings.id });
  const [entitlement] = await portal.db
    .insert(entitlements)
    .values({
      customerId: customer.id,
      planType: 'subscription',
      startRule: 'on-date',
      startsAt: new Date('2020-01-01T00:00:00Z'),
      termLength: 'P100Y',
      termEndsAt: new Date('2120-01-01T00:00:00Z'),
      offlineLeasePeriod: 'P90D',
      seats: 5,
      overdraftKind: 'none',
      overdraftValue: 0,
      releaseRule: 'when-lease-ran-out',
      features: [{ code: 'pages', kind: 'counted', limit: 1_000_000 }],
      attributes: {},
      ...terms,
      offeringId: offering?.id ?? '',
    })
    .returning({ id: entitlements.id });
  const entitlementId = entitlement?.id ?? '';
  const code = generateActivationCode();
  const keys = await portal.keyring.current();
  const [row] = await portal.db
    .insert(activationCodes)
    .values({ customerId: customer.id, digest: await keys.digestCode(code), lastFour: lastFour(code) })
    .returning({ id: activationCodes.id });
  const codeId = row?.id ?? '';
  await portal.db.insert(activationCodeEntitlements).values({ customerId: customer.id, codeId, entitlementId });
  const userId = userIdOf(customer.member) ?? '';
  await portal.db.insert(entitlementAssignments).values({ customerId: customer.id, entitlementId, userId });
  return { id: entitlementId, codeId, code };
}

/** Makes releases on an entitlement need an approval, which every person may ask for. */
export async function needApproval(portal: TestPortal, entitlementId: string): Promise<void> {
  await portal.db
    .update(entitlements)
    .set({ releaseApproval: true, releaseRoles: ['member', 'customer_admin', 'support'] })
    .where(eq(entitlements.id, entitlementId));
}

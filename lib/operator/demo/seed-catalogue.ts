import { createOffering } from '@/lib/operations/catalogue/create-offering';
import { createProduct } from '@/lib/operations/catalogue/create-product';
import type { OperationContext } from '@/lib/operations/context';
import { createCustomer } from '@/lib/operations/customers/create-customer';
import { disableEntitlement } from '@/lib/operations/entitlements/change-entitlement';
import { createEntitlement } from '@/lib/operations/entitlements/create-entitlement';
import { createUser } from '@/lib/operations/people/create-user';
import { performOrThrow } from '@/lib/operations/perform-or-throw';
import type { DemoEntitlement } from './demo-entitlements';
import { DEMO_CUSTOMERS, DEMO_USERS, peopleOf } from './demo-people';
import { daysBefore } from './demo-time';
import { DEMO_OFFERINGS, DEMO_PRODUCTS } from './demo-vendor';

/** Creates products, offerings, customers and people. */
export async function seedCatalogue(context: OperationContext): Promise<void> {
  for (const product of DEMO_PRODUCTS) await performOrThrow(createProduct, product, context);
  for (const offering of DEMO_OFFERINGS) await performOrThrow(createOffering, offering, context);
  for (const customer of DEMO_CUSTOMERS) await performOrThrow(createCustomer, customer, context);
  for (const user of DEMO_USERS) await performOrThrow(createUser, user, context);
}

/** An entitlement that was made, with the code its devices are activated with. */
export interface SeededEntitlement extends DemoEntitlement {
  readonly id: string;
  readonly activationCode: string;
}

/** Creates one entitlement, dated to its day. */
export async function seedEntitlement(
  context: OperationContext,
  { demo, today }: { demo: DemoEntitlement; today: Date },
): Promise<SeededEntitlement> {
  const { customer, offering, seats, order, startsDaysAgo, code } = demo;
  const startsAt = startsDaysAgo === undefined ? undefined : daysBefore(today, startsDaysAgo).toISOString();
  const input = {
    customer,
    offering,
    seats,
    startsAt,
    orderReference: order === '' ? null : order,
    assign: [peopleOf(customer).member],
    activationCode: code,
  };
  const made = await performOrThrow(createEntitlement, input, { ...context, now: daysBefore(today, demo.madeDaysAgo) });
  return { ...demo, id: made.id, activationCode: made.activationCode };
}

/** Disables what the demo shows as disabled, after its devices were activated. */
export async function disableSeeded(
  context: OperationContext,
  { seeded, today }: { seeded: SeededEntitlement; today: Date },
): Promise<void> {
  if (seeded.disabledDaysAgo === undefined) return;
  const now = daysBefore(today, seeded.disabledDaysAgo);
  await performOrThrow(disableEntitlement, { entitlementId: seeded.id }, { ...context, now });
}

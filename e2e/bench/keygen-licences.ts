import { sql } from 'drizzle-orm';
import { createOffering } from '@/lib/operations/catalogue/create-offering';
import type { ActingContext } from '@/lib/operations/context';
import { createEntitlement } from '@/lib/operations/entitlements/create-entitlement';
import { activateMachine } from '@/lib/operations/keygen/check-out';
import { createKeygenKeys } from '@/lib/operations/keygen/manage-issuers';
import { performOrThrow } from '@/lib/operations/perform-or-throw';
import { CUSTOMER, PRODUCT, TERMS } from './bench-portal';
import { inParallel } from './in-parallel';

/** A licence of software built for Keygen, with a machine on it. */
export interface BenchLicence {
  readonly key: string;
  readonly fingerprint: string;
}

/** Sells that many licences in the safest form, each with a machine that has a file. */
export async function sellLicences(operator: ActingContext, count: number): Promise<BenchLicence[]> {
  await performOrThrow(createKeygenKeys, {}, operator);
  const offering = `${PRODUCT}-keygen`;
  await performOrThrow(createOffering, { ...TERMS, product: PRODUCT, code: offering, edition: 'Keygen', keygen: {} }, operator);
  return inParallel(Array.from({ length: 8 }), Array.from({ length: count }), async () => {
    const { id, licenceKey } = await performOrThrow(createEntitlement, { customer: CUSTOMER, offering, seats: 5 }, operator);
    const fingerprint = `machine of ${id}`;
    await performOrThrow(activateMachine, { entitlementId: id, fingerprint }, operator);
    return { key: licenceKey ?? '', fingerprint };
  });
}

/** Ids of the activations of a dialect. */
export async function activationsOf({ db }: ActingContext, dialect: string, count: number): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`select id from activations where dialect = ${dialect} limit ${count}`);
  if (rows.length < count) throw new Error(`expected ${count} ${dialect} activations, found ${rows.length}`);
  return rows.map(({ id }) => id);
}

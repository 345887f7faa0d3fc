import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Writing } from '../audit/insert-audited';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import { entitlementFromJson, entitlementJoins, entitlementJson } from '../entitlements/entitlement-json';
import type { NewCode } from '../entitlements/write-codes';
import { codeWrites } from '../entitlements/write-codes';
import type { AuditEntry } from '../exchange/exchange-entry';
import { instantFromJson, rowJson, rowSchema } from '../row';
import { offerings, products } from '../schema/catalogue';
import { keygenKeys } from '../schema/keygen';
import { users } from '../schema/people';
import type { Scope } from '../scope';
import { entitlementsIn } from '../scope';
import { keygenPolicyFromJson, keygenPolicyJson } from './keygen-policies';

/** The licence key of an entitlement, and the code that it is found by. */
export interface NewKeygenKey {
  readonly code: NewCode;
  readonly key: typeof keygenKeys.$inferInsert;
}

/** The writes of a licence key, for a statement that may make its entitlement as well. */
export function keygenKeyWrites(db: Database, { code, key }: NewKeygenKey): Writing[] {
  const [made, covered] = codeWrites(db, code);
  return [
    { ...made, name: 'keygen_code' },
    { ...covered, name: 'keygen_covered' },
    { name: 'keygen_key', query: db.insert(keygenKeys).values(key) },
  ];
}

/** Writes the licence key of an entitlement, and the audit row. `exists`: it has one already. */
export function insertKeygenKey(db: Database, { audit, ...made }: NewKeygenKey & { readonly audit: AuditEntry }) {
  const [first, ...others] = keygenKeyWrites(db, made);
  if (first === undefined) throw new Error('expected writes of a licence key, found none');
  return writeAudited(db, { writes: [first, ...others], audit });
}

const personFromJson = rowSchema(users).pick({ id: true, email: true, name: true, createdAt: true });
const offeringFromJson = rowSchema(offerings).pick({ id: true, createdAt: true, termLength: true });
const productFromJson = rowSchema(products).pick({ id: true, createdAt: true });
const keyFromJson = rowSchema(keygenKeys).pick({ scheme: true, keySealed: true, codeId: true, createdAt: true });

/** The same without its people, for frequent calls that need none. */
export const keygenStateAloneFromJson = z.object({
  createdAt: instantFromJson,
  offering: offeringFromJson,
  product: productFromJson,
  policy: keygenPolicyFromJson.nullable(),
  key: keyFromJson.extend({ withdrawnAt: instantFromJson.nullable() }).nullable(),
});

export const keygenStateFromJson = keygenStateAloneFromJson.extend({
  /** Those who may use it, by address. */
  users: z.array(personFromJson),
});

/** The data of a licence of software built for Keygen that its entitlement lacks. */
export type KeygenState = z.output<typeof keygenStateFromJson>;

/** JSON of the Keygen data of the entitlement `e` with its joins, as {@link keygenStateAloneFromJson} reads it. */
export const keygenStateAloneJson = sql`jsonb_build_object('createdAt', e.created_at, 'offering', ${rowJson(offerings, 'o', offeringFromJson)},
  'product', ${rowJson(products, 'p', productFromJson)}, 'policy', ${keygenPolicyJson},
  'key', (select ${rowJson(keygenKeys, 'kk', keyFromJson)} || jsonb_build_object('withdrawnAt', k.withdrawn_at)
    from keygen_keys kk join activation_codes k on k.id = kk.code_id where kk.entitlement_id = e.id))`;

/** The same with its people, as {@link keygenStateFromJson} reads it. */
export const keygenStateJson = sql`(${keygenStateAloneJson} || jsonb_build_object('users',
  (select coalesce(jsonb_agg(${rowJson(users, 'u', personFromJson)} order by u.email), '[]')
    from entitlement_assignments ea join users u on u.id = ea.user_id where ea.entitlement_id = e.id and u.active)))`;

const licenceFromJson = z.compile(
  z.object({ now: instantFromJson, entitlement: entitlementFromJson, state: keygenStateFromJson }),
);

/** An entitlement as a licence of software built for Keygen. */
export type LicenceRow = z.output<typeof licenceFromJson>;

/** Reads an entitlement within the scope with the data of its licence key and files, at one instant. */
export async function readLicence(
  db: Database,
  input: { scope: Scope; entitlementId: string; now?: Date | undefined },
): Promise<LicenceRow | null> {
  const clock = sql`(select now from clock)`;
  const rows = await db.execute<{ found: unknown }>(sql`
    with clock as (select coalesce(${input.now?.toISOString() ?? null}::timestamptz, clock_timestamp()) as now)
    select jsonb_build_object('now', ${clock}, 'entitlement', ${entitlementJson(clock)}, 'state', ${keygenStateJson}) as found
    from entitlements e ${entitlementJoins}
    where e.id = ${input.entitlementId}::uuid and ${entitlementsIn(input.scope)}`);
  return rows[0] ? licenceFromJson.parse(rows[0].found) : null;
}

/** Reads the Keygen data of an entitlement. The caller has checked that it is within the scope. */
export async function readKeygenState(db: Database, entitlementId: string): Promise<KeygenState> {
  const rows = await db.execute<{ found: unknown }>(
    sql`select ${keygenStateJson} as found from entitlements e ${entitlementJoins} where e.id = ${entitlementId}::uuid`,
  );
  return keygenStateFromJson.parse(rows[0]?.found);
}

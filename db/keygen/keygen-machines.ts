import type { SQL } from 'drizzle-orm';
import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { attributesFromJson, entitlementJoins, featuresFromJson, heldSeats } from '../entitlements/entitlement-json';
import { instantFromJson, rowJson, rowSchema } from '../row';
import { activations } from '../schema/activations';
import { entitlements } from '../schema/entitlements';
import type { Scope } from '../scope';
import { entitlementsIn, scoped } from '../scope';
import { keygenStateAloneFromJson, keygenStateAloneJson } from './keygen-keys';

/** Returns whether the policy of the entitlement allows a fingerprint only once and a machine with it holds a seat on another licence. */
export async function isMachineElsewhere(
  db: Database,
  machine: { entitlementId: string; fingerprint: string; now: Date },
): Promise<boolean> {
  const { entitlementId, fingerprint, now } = machine;
  const rows = await db.execute<{ elsewhere: boolean }>(
    sql`select machine_is_elsewhere(${entitlementId}::uuid, ${fingerprint}, ${now.toISOString()}::timestamptz) as elsewhere`,
  );
  return rows[0]?.elsewhere === true;
}

/** Returns whether a text is the id of a licence, machine, product, policy or account, and would be ambiguous as a fingerprint. */
export async function isKnownId(db: Database, text: string): Promise<boolean> {
  const id = z.uuid().safeParse(text);
  if (!id.success) return false;
  const rows = await db.execute<{ found: boolean }>(sql`
    select exists (select from entitlements where id = ${id.data}::uuid) or exists (select from activations where id = ${id.data}::uuid)
      or exists (select from products where id = ${id.data}::uuid) or exists (select from offerings where id = ${id.data}::uuid)
      or exists (select from keygen_issuers where account = ${id.data}::uuid) as found`);
  return rows[0]?.found === true;
}

const machineFromJson = rowSchema(activations).pick({ id: true, state: true, runsOutAt: true });

/** A machine on a licence, by the digest of its fingerprint. */
export type MachineRow = z.output<typeof machineFromJson>;

/** JSON of the newest activation of a machine on the entitlement `e`, as {@link machineFromJson} reads it. */
function machineJson(fingerprint: string | null) {
  return sql`(select ${rowJson(activations, 'a', machineFromJson)} from activations a
    where a.dialect = 'keygen' and a.fingerprint->'components'->>'fingerprint' = ${fingerprint}::text and a.entitlement_id = e.id
    order by a.activated_at desc limit 1)`;
}

/** Finds the newest activation of a machine on a licence within the scope. */
export async function findMachine(
  db: Database,
  input: { scope: Scope; entitlementId: string; fingerprint: string },
): Promise<MachineRow | null> {
  const { entitlements: scopedEntitlements } = scoped;
  const { id, state, runsOutAt, activatedAt, entitlementId } = activations;
  const isMachine = sql`${activations.dialect} = 'keygen' and ${activations.fingerprint}->'components'->>'fingerprint' = ${input.fingerprint}`;
  const [machine] = await db
    .select({ id, state, runsOutAt })
    .from(activations)
    .innerJoin(scopedEntitlements, eq(scopedEntitlements.id, entitlementId))
    .where(and(eq(entitlementId, input.entitlementId), isMachine, entitlementsIn(input.scope)))
    .orderBy(desc(activatedAt))
    .limit(1);
  return machine ?? null;
}

const valued = rowSchema(entitlements, { features: featuresFromJson, attributes: attributesFromJson }).pick({
  ...{ id: true, planType: true, startRule: true, startsAt: true, termLength: true, termEndsAt: true, gracePeriod: true },
  ...{ disabledAt: true, seats: true, seatsCap: true, features: true, attributes: true },
});

/** What a licence is worth follows from: much less than a request is decided on, since this is asked at every start of a program. */
const valuedFromJson = valued.extend({
  productCode: z.string(),
  productName: z.string(),
  edition: z.string(),
  seatsHeld: z.int(),
});

function valuedJson(now: SQL): SQL {
  return sql`${rowJson(entitlements, 'e', valued)} || jsonb_build_object('productCode', p.code, 'productName', p.name, 'edition', o.edition,
    'seatsHeld', ${heldSeats(now)})`;
}

const keyFromJson = z.compile(
  z.object({
    now: instantFromJson,
    entitlement: valuedFromJson,
    state: keygenStateAloneFromJson,
    /** Of the fingerprint that was asked about; null when it has none here. */
    machine: machineFromJson.nullable(),
  }),
);

/** A licence found by its key. */
export type LicenceByKey = z.output<typeof keyFromJson>;

/**
 * Reads the licence that a key names, in one statement. A key that was withdrawn names none.
 *
 * @param input.digest keyed digest of the key
 * @param input.fingerprint digest of the fingerprint that is asked about
 */
export async function readLicenceByKey(
  db: Database,
  input: { digest: string; fingerprint: string | null; now?: Date | undefined },
): Promise<LicenceByKey | null> {
  const { digest, fingerprint, now } = input;
  const clock = sql`(select now from clock)`;
  const scope: Scope = { kind: 'file', requestKey: '', proof: { kind: 'code', digest }, bearer: 'application' };
  const rows = await db.execute<{ found: unknown }>(sql`
    with clock as (select coalesce(${now?.toISOString() ?? null}::timestamptz, clock_timestamp()) as now)
    select jsonb_build_object('now', ${clock}, 'entitlement', ${valuedJson(clock)}, 'state', ${keygenStateAloneJson},
      'machine', ${machineJson(fingerprint)}) as found
    from activation_codes named join keygen_keys of_key on of_key.code_id = named.id
      join entitlements e on e.id = of_key.entitlement_id ${entitlementJoins}
    where named.digest = ${digest} and ${entitlementsIn(scope)}`);
  return rows[0] ? keyFromJson.parse(rows[0].found) : null;
}

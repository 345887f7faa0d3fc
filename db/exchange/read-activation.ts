import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Json } from '@/lib/licensing/exchange/request';
import type { Database } from '../client';
import { deviceFromJson, deviceJson } from '../devices/device-json';
import { dialectStateJson } from '../dialects/activation-state';
import { entitlementFromJson, entitlementJoins, entitlementJson } from '../entitlements/entitlement-json';
import { instantFromJson } from '../row';
import type { Scope } from '../scope';
import { entitlementsIn } from '../scope';
import { activationFromJson, activationJson } from '../seats/activation-json';
import { returnedAtsJson } from '../seats/allowance-json';

/** A `jsonb` column holds JSON, so its value is passed on unchecked. */
const anyJson = z.custom<Json>();

const foundFromJson = z.compile(
  z.object({
    now: instantFromJson,
    found: z
      .object({
        activation: activationFromJson,
        device: deviceFromJson,
        entitlement: entitlementFromJson,
        replyTo: anyJson,
        /** Instants of returns on the entitlement that may count against what is allowed. */
        returnedAts: z.array(instantFromJson),
        /** What its dialect reads together with it and parses itself; null for nothing. */
        dialectState: anyJson,
        answered: z.object({ exchangeId: z.string(), payloadDigest: z.string() }).nullable(),
      })
      .nullable(),
  }),
);

const jwkFromJson = z.record(z.string(), anyJson);

/** One activation with its device and entitlement, at one instant. */
export interface ActivationFound {
  readonly now: Date;
  readonly found: NonNullable<z.output<typeof foundFromJson>['found']> | null;
}

/** An activation by its id, or the newest one made with a key. */
export type ActivationNamed =
  | { readonly activationId: string }
  | { readonly activationId: null; readonly dialect: DialectId; readonly deviceKey: string };

function idOf(named: ActivationNamed): SQL {
  if (named.activationId !== null) return sql`${named.activationId}::uuid`;
  const { dialect, deviceKey } = named;
  return sql`(select n.id from activations n where n.dialect = ${dialect} and n.device_key = ${deviceKey} order by n.activated_at desc limit 1)`;
}

/**
 * Reads one activation within the scope, in one statement.
 *
 * @param input.requestKey also looks for the answer to an earlier submission of the proof
 * @param input.now replaces the database's clock in tests
 */
export async function readActivation(
  db: Database,
  input: ActivationNamed & { scope: Scope; requestKey?: string; now?: Date | undefined },
): Promise<ActivationFound> {
  const { scope, requestKey, now } = input;
  const clock: SQL = sql`(select now from clock)`;
  const rows = await db.execute<{ found: unknown }>(sql`
    with clock as (select coalesce(${now?.toISOString() ?? null}::timestamptz, clock_timestamp()) as now)
    select jsonb_build_object('now', ${clock}, 'found', (
      select jsonb_build_object('activation', ${activationJson}, 'device', ${deviceJson}, 'entitlement', ${entitlementJson(clock)},
        'replyTo', a.reply_to, 'returnedAts', ${returnedAtsJson(clock)}, 'dialectState', ${dialectStateJson},
        'answered', (select jsonb_build_object('exchangeId', x.id, 'payloadDigest', x.payload_digest) from exchanges x
          where x.request_key = ${requestKey ?? null}::text and x.outcome in ('granted', 'renewed', 'returned')))
      from activations a join entitlements e on e.id = a.entitlement_id ${entitlementJoins} join devices d on d.id = a.device_id
      where a.id = ${idOf(input)} and ${entitlementsIn(scope)})) as found`);
  return foundFromJson.parse(rows[0]?.found);
}

/** Finds the newest refresh file of an activation after a lease, for the same person, actor and payload; null if there is none. */
export async function readRefreshSince(
  db: Database,
  refresh: { activationId: string; sequence: number; userId: string | null; actor: string; payloadDigest: string | null },
): Promise<string | null> {
  const { activationId, sequence, userId, actor, payloadDigest } = refresh;
  const rows = await db.execute<{ id: string }>(sql`
    select x.id from leases l join exchanges x on x.id = l.exchange_id
    where l.activation_id = ${activationId}::uuid and l.sequence > ${sequence} and x.kind = 'refresh'
      and x.user_id is not distinct from ${userId}::uuid and x.actor = ${actor} and x.payload_digest is not distinct from ${payloadDigest}::text
    order by l.sequence desc limit 1`);
  return rows[0]?.id ?? null;
}

/** Reads the public key of a device that has or had an activation, as a JWK. */
export async function readDeviceJwk(db: Database, deviceKey: string): Promise<z.output<typeof jwkFromJson> | undefined> {
  const rows = await db.execute<{ jwk: unknown }>(
    sql`select device_jwk as jwk from activations where device_key = ${deviceKey} order by activated_at desc limit 1`,
  );
  return rows[0] && jwkFromJson.parse(rows[0].jwk);
}

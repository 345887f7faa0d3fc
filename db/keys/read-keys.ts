import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { dialectKeyRowsFromJson, dialectKeyRowsJson } from '../dialects/key-rows';
import { instantFromJson, rowJson, rowSchema } from '../row';
import { exchangeKeys, signingKeys, vendor } from '../schema/vendor';

const vendorFromJson = rowSchema(vendor).omit({ single: true, createdAt: true });
const signingKeyFromJson = rowSchema(signingKeys);
const exchangeKeyFromJson = rowSchema(exchangeKeys);

const keysFromJson = z.object({
  now: instantFromJson,
  revision: z.int(),
  vendor: vendorFromJson.nullable(),
  signingKeys: z.array(signingKeyFromJson),
  dialects: dialectKeyRowsFromJson,
  exchangeKeys: z.array(exchangeKeyFromJson),
});

export type KeyRows = z.output<typeof keysFromJson>;

const revisionFromJson = z.compile(keysFromJson.pick({ now: true, revision: true }));

const REVISION = sql`coalesce((select revision from key_revision), 0)`;

/** The clock, and how often anything changed that keys are read from. */
export type KeyRevision = Pick<KeyRows, 'now' | 'revision'>;

/** Reads what tells whether keys are still as they were read. */
export async function readKeyRevision(db: Database): Promise<KeyRevision> {
  const rows = await db.execute<{ found: unknown }>(
    sql`select jsonb_build_object('now', clock_timestamp(), 'revision', ${REVISION}) as found`,
  );
  return revisionFromJson.parse(rows[0]?.found);
}

/** Reads the vendor and all its keys, newest first, private halves still encrypted. */
export async function readKeys(db: Database): Promise<KeyRows> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object(
      'now', clock_timestamp(),
      'revision', ${REVISION},
      'vendor', (select ${rowJson(vendor, 'v', vendorFromJson)} from vendor v),
      'dialects', ${dialectKeyRowsJson},
      'signingKeys', (select coalesce(jsonb_agg(${rowJson(signingKeys, 'k', signingKeyFromJson)} order by k.created_at desc), '[]') from signing_keys k),
      'exchangeKeys', (select coalesce(jsonb_agg(${rowJson(exchangeKeys, 'k', exchangeKeyFromJson)} order by k.created_at desc), '[]') from exchange_keys k)
    ) as found`);
  return keysFromJson.parse(rows[0]?.found);
}

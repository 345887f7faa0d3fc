import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { dialectKeyRowsFromJson, dialectKeyRowsJson } from '../dialects/key-rows';
import { instantFromJson } from '../row';

const jwk = z.record(z.string(), z.json());

const keysFromJson = z.object({
  now: instantFromJson,
  revision: z.int(),
  vendor: z
    .object({
      id: z.string(),
      name: z.string(),
      accent: z.string(),
      supportContact: z.string(),
      rootJwk: jwk,
      codeKeySealed: z.string(),
    })
    .nullable(),
  signingKeys: z.array(
    z.object({
      kid: z.string(),
      alg: z.enum(['Ed25519', 'ES256']),
      publicJwk: jwk,
      privateSealed: z.string(),
      certificate: z.string(),
      createdAt: instantFromJson,
      expiresAt: instantFromJson,
      retiredAt: instantFromJson.nullable(),
    }),
  ),
  dialects: dialectKeyRowsFromJson,
  exchangeKeys: z.array(
    z.object({
      kid: z.string(),
      publicJwk: jwk,
      privateSealed: z.string(),
      createdAt: instantFromJson,
      retiredAt: instantFromJson.nullable(),
      opensUntil: instantFromJson.nullable(),
    }),
  ),
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

/** Reads the vendor and all its keys, newest first, private halves still sealed. */
export async function readKeys(db: Database): Promise<KeyRows> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object(
      'now', clock_timestamp(),
      'revision', ${REVISION},
      'vendor', (select jsonb_build_object('id', id, 'name', name, 'accent', accent, 'supportContact', support_contact,
        'rootJwk', root_jwk, 'codeKeySealed', code_key_sealed) from vendor),
      'dialects', ${dialectKeyRowsJson},
      'signingKeys', (select coalesce(jsonb_agg(jsonb_build_object('kid', kid, 'alg', alg, 'publicJwk', public_jwk,
        'privateSealed', private_sealed, 'certificate', certificate, 'createdAt', created_at, 'expiresAt', expires_at,
        'retiredAt', retired_at) order by created_at desc), '[]') from signing_keys),
      'exchangeKeys', (select coalesce(jsonb_agg(jsonb_build_object('kid', kid, 'publicJwk', public_jwk, 'privateSealed', private_sealed,
        'createdAt', created_at, 'retiredAt', retired_at, 'opensUntil', opens_until) order by created_at desc), '[]') from exchange_keys)
    ) as found`);
  return keysFromJson.parse(rows[0]?.found);
}

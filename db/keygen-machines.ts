import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './client';

/** Says whether a machine holds a seat on another licence, where the policy of the entitlement lets a fingerprint be activated only once. */
export async function isMachineElsewhere(
  db: Database,
  machine: { entitlementId: string; fingerprint: string; now: Date },
): Promise<boolean> {
  const { entitlementId, fingerprint, now } = machine;
  const rows = await db.execute<{ elsewhere: boolean }>(
    sql`select keygen_machine_elsewhere(${entitlementId}::uuid, ${fingerprint}, ${now.toISOString()}::timestamptz) as elsewhere`,
  );
  return rows[0]?.elsewhere === true;
}

/** Says whether a text is the id of a licence, machine, product, policy or account, so that the two could be taken for one another. */
export async function isSomethingsId(db: Database, text: string): Promise<boolean> {
  const id = z.uuid().safeParse(text);
  if (!id.success) return false;
  const rows = await db.execute<{ found: boolean }>(sql`
    select exists (select from entitlements where id = ${id.data}::uuid) or exists (select from activations where id = ${id.data}::uuid)
      or exists (select from products where id = ${id.data}::uuid) or exists (select from offerings where id = ${id.data}::uuid)
      or exists (select from keygen_issuers where account = ${id.data}::uuid) as found`);
  return rows[0]?.found === true;
}

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';

const personFromJson = z.object({
  userId: z.string(),
  email: z.string(),
  role: z.enum(['member', 'customer_admin', 'support']),
  customerId: z.string().nullable(),
});

/** Reads who an account belongs to. */
export async function readPerson(db: Database, userId: string): Promise<z.output<typeof personFromJson> | null> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('userId', u.id, 'email', u.email, 'role', u.role, 'customerId', u.customer_id) as found
    from users u where u.id = ${userId}::uuid`);
  return personFromJson.nullable().parse(rows[0]?.found ?? null);
}

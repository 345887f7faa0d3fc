import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ChangeOutcome } from '../audit/insert-audited';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { rowJson, rowSchema, toRowJson } from '../row';
import { products } from '../schema/catalogue';
import { licenseSpringClients, licenseSpringIssuer } from '../schema/licensespring';

export type NewIssuer = typeof licenseSpringIssuer.$inferInsert;
export type NewClient = typeof licenseSpringClients.$inferInsert;

const clientFromJson = rowSchema(licenseSpringClients);

export type ClientRow = z.output<typeof clientFromJson>;

const issuerFromJson = rowSchema(licenseSpringIssuer).omit({ createdAt: true });

const rowsFromJson = z.object({
  issuer: issuerFromJson.nullable(),
  clients: z.array(clientFromJson),
  /** The lowest schema version of requests that a product takes, by its code. */
  minimumSchemas: z.record(z.string(), z.union([z.literal(1), z.literal(2)])),
});

/** The issuer, all its clients; secrets still encrypted. */
export type LicenseSpringRows = z.output<typeof rowsFromJson>;

/** Writes the issuer with its first clients, and the audit row. `exists`: there is an issuer already. */
export function insertIssuer(
  db: Database,
  entry: { issuer: NewIssuer; clients: readonly [NewClient, ...NewClient[]]; audit: AuditEntry },
) {
  const made = db.insert(licenseSpringIssuer).values(entry.issuer).returning({ id: licenseSpringIssuer.vendorId });
  const clients = db.insert(licenseSpringClients).values([...entry.clients]);
  return writeAudited(db, {
    writes: [
      { name: 'made', query: made },
      { name: 'clients', query: clients },
    ],
    audit: entry.audit,
  });
}

/** Writes a client, and the audit row. `exists`: the name is taken. */
export function insertClient(db: Database, { client, audit }: { client: NewClient; audit: AuditEntry }) {
  const made = db.insert(licenseSpringClients).values(client).returning({ id: licenseSpringClients.id });
  return writeAudited(db, { writes: [{ name: 'made', query: made }], audit });
}

/** Withdraws a client, and writes the audit row: nothing that it signs is taken any more. */
export async function writeClientWithdrawal(
  db: Database,
  change: { clientId: string; at: Date; audit: AuditEntry },
): Promise<ChangeOutcome> {
  const audit = JSON.stringify(toRowJson(change.audit));
  const rows = await db.execute<{ known: boolean; changed: boolean }>(sql`
    with changed as (
      update licensespring_clients set withdrawn_at = ${change.at.toISOString()}::timestamptz
      where id = ${change.clientId} and withdrawn_at is null returning id
    ), written as materialized (
      select write_audit(${audit}::jsonb) as done from changed
    )
    select exists (select from licensespring_clients where id = ${change.clientId}) as known, (select count(*) from written) > 0 as changed`);
  if (rows[0]?.known !== true) return 'unknown';
  return rows[0].changed ? 'changed' : 'unchanged';
}

/** Reads the issuer and all its clients, oldest first. */
export async function readLicenseSpring(db: Database): Promise<LicenseSpringRows> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object(
      'issuer', (select ${rowJson(licenseSpringIssuer, 'i', issuerFromJson)} from licensespring_issuer i),
      'clients', (select coalesce(jsonb_agg(${rowJson(licenseSpringClients, 'c', clientFromJson)} order by c.created_at, c.kind, c.id), '[]')
        from licensespring_clients c),
      'minimumSchemas', (select coalesce(jsonb_object_agg(code, licensespring_schema), '{}') from products)
    ) as found`);
  return rowsFromJson.parse(rows[0]?.found);
}

/** Reads the lowest schema version of requests that a product takes; null when there is no such product. */
export async function readMinimumSchema(db: Database, productCode: string): Promise<1 | 2 | null> {
  const { licensespringSchema } = products;
  const [row] = await db.select({ licensespringSchema }).from(products).where(eq(products.code, productCode));
  return row?.licensespringSchema ?? null;
}

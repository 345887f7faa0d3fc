import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';

const detail = z.object({
  /** Of the row that was found. */
  key: z.string(),
  /** Of its page: of an activation the device, of a code the entitlement. */
  id: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  customerId: z.string().nullable(),
});

/** What is told of a row that a search found. */
export type FoundDetail = z.output<typeof detail>;

/** Answer of {@link detailStatement}. */
export const detailsFromJson = z.record(z.string(), z.array(detail).nullable());

function told({
  key,
  id = key,
  title,
  detail,
  customerId,
}: {
  key: SQL;
  id?: SQL;
  title: SQL;
  detail: SQL;
  customerId: SQL;
}): SQL {
  return sql`jsonb_agg(jsonb_build_object('key', ${key}, 'id', ${id}, 'title', ${title}, 'detail', ${detail}, 'customerId', ${customerId}))`;
}

const soldJoins = sql`join customers c on c.id = e.customer_id join offerings o on o.id = e.offering_id join products p on p.id = o.product_id`;

/** Of each kind of row, its names and those of what it belongs to, for the ids in a parameter. */
const DETAILS = {
  customer: (ids: SQL) =>
    sql`select ${told({ key: sql`c.id`, title: sql`c.name`, detail: sql`c.code`, customerId: sql`c.id` })} from customers c where c.id = ${ids}`,
  person: (ids: SQL) =>
    sql`select ${told({ key: sql`u.id`, title: sql`u.name`, detail: sql`concat_ws(' · ', u.email, c.name)`, customerId: sql`u.customer_id` })}
      from users u left join customers c on c.id = u.customer_id where u.id = ${ids}`,
  device: (ids: SQL) =>
    sql`select ${told({ key: sql`d.id`, title: sql`d.name`, detail: sql`concat_ws(' · ', c.name, d.platform)`, customerId: sql`d.customer_id` })}
      from devices d join customers c on c.id = d.customer_id where d.id = ${ids}`,
  activation: (ids: SQL) =>
    sql`select ${told({ key: sql`a.id`, id: sql`a.device_id`, title: sql`d.name`, detail: sql`concat_ws(' · ', c.name, p.name)`, customerId: sql`a.customer_id` })}
      from activations a join devices d on d.id = a.device_id join entitlements e on e.id = a.entitlement_id ${soldJoins} where a.id = ${ids}`,
  exchange: (ids: SQL) =>
    sql`select ${told({ key: sql`x.id`, title: sql`coalesce(x.device_name, x.file_name, 'Pasted text')`, detail: sql`concat_ws(' · ', c.name, x.actor, x.outcome, x.code)`, customerId: sql`x.customer_id` })}
      from exchanges x left join customers c on c.id = x.customer_id where x.id = ${ids}`,
  entitlement: (ids: SQL) =>
    sql`select ${told({ key: sql`e.id`, title: sql`concat_ws(' ', p.name, o.edition)`, detail: sql`concat_ws(' · ', c.name, nullif(e.order_reference, ''))`, customerId: sql`e.customer_id` })}
      from entitlements e ${soldJoins} where e.id = ${ids}`,
  code: (ids: SQL) =>
    sql`select ${told({ key: sql`k.id`, id: sql`e.id`, title: sql`concat_ws(' ', p.name, o.edition)`, detail: sql`concat_ws(' · ', c.name, case when k.withdrawn_at is not null then 'withdrawn' end)`, customerId: sql`k.customer_id` })}
      from activation_codes k join activation_code_entitlements ce on ce.code_id = k.id join entitlements e on e.id = ce.entitlement_id ${soldJoins} where k.id = ${ids}`,
} as const;

/** What can be found. */
export type FoundKind = keyof typeof DETAILS;

/** The statement that tells of rows of some kinds, by their ids. */
export function detailStatement(found: ReadonlyMap<FoundKind, readonly string[]>): SQL {
  const members = [...found].map(
    ([kind, ids]) => sql`${sql.raw(`'${kind}'`)}, (${DETAILS[kind](sql`any(${`{${ids.join(',')}}`}::text::uuid[])`)})`,
  );
  return sql`select jsonb_build_object(${sql.join(members, sql`, `)}) as found`;
}

import { z } from 'zod';

const found = z.object({
  /** Id of the page to show: of the device for an activation, of the entitlement for a code. */
  id: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  customerId: z.string().nullable(),
  /** The text that starts, or ends, with what was searched. */
  value: z.string(),
});

/** A row that a search found. */
export type FoundRow = z.output<typeof found>;

/** Result of a search: rows by the way they were found. */
export const foundByWay = z.record(z.string(), z.array(found).nullable());

function foundJson({ id, title, detail, customerId }: Record<'id' | 'title' | 'detail' | 'customerId', string>): string {
  return `select jsonb_build_object('id', ${id}, 'title', ${title}, 'detail', ${detail}, 'customerId', ${customerId}, 'value', s.value) as found`;
}

const soldJoins =
  'join customers c on c.id = e.customer_id join offerings o on o.id = e.offering_id join products p on p.id = o.product_id';
const sold = "concat_ws(' ', p.name, o.edition)";

/** For each kind of row, the query that reads names of the row found by its id in `s`, and of what it belongs to. */
export const DETAILS = {
  customer: `${foundJson({ id: 'c.id', title: 'c.name', detail: 'c.code', customerId: 'c.id' })} from customers c where c.id = s.id`,
  person: `${foundJson({ id: 'u.id', title: 'u.name', detail: "concat_ws(' · ', u.email, c.name)", customerId: 'u.customer_id' })}
    from users u left join customers c on c.id = u.customer_id where u.id = s.id`,
  device: `${foundJson({ id: 'd.id', title: 'd.name', detail: "concat_ws(' · ', c.name, d.platform)", customerId: 'd.customer_id' })}
    from devices d join customers c on c.id = d.customer_id where d.id = s.id`,
  activation: `${foundJson({ id: 'a.device_id', title: 'd.name', detail: "concat_ws(' · ', c.name, p.name)", customerId: 'a.customer_id' })}
    from activations a join devices d on d.id = a.device_id join entitlements e on e.id = a.entitlement_id ${soldJoins} where a.id = s.id`,
  exchange: `${foundJson({ id: 'x.id', title: "coalesce(x.device_name, x.file_name, 'Pasted text')", detail: "concat_ws(' · ', c.name, x.actor, x.outcome, x.code)", customerId: 'x.customer_id' })}
    from exchanges x left join customers c on c.id = x.customer_id where x.id = s.id`,
  attempt: `${foundJson({ id: 'a.id::text', title: "concat_ws(', ', coalesce(u.name, a.actor), d.name, nullif(concat_ws(' ', p.name, o.edition), ''))", detail: "concat_ws(' · ', c.name, a.code)", customerId: 'a.customer_id' })}
    from audit_entries a left join customers c on c.id = a.customer_id left join users u on u.id = a.user_id left join devices d on d.id = a.device_id
    left join entitlements e on e.id = a.entitlement_id left join offerings o on o.id = e.offering_id left join products p on p.id = o.product_id
    where a.id = s.id`,
  entitlement: `${foundJson({ id: 'e.id', title: sold, detail: "concat_ws(' · ', c.name, nullif(e.order_reference, ''))", customerId: 'e.customer_id' })}
    from entitlements e ${soldJoins} where e.id = s.id`,
  code: `${foundJson({ id: 'e.id', title: sold, detail: "concat_ws(' · ', c.name, case when k.withdrawn_at is not null then 'withdrawn' end)", customerId: 'k.customer_id' })}
    from activation_codes k join activation_code_entitlements ce on ce.code_id = k.id join entitlements e on e.id = ce.entitlement_id ${soldJoins}
    where k.id = s.id`,
} as const;

/** What can be found. */
export type FoundKind = keyof typeof DETAILS;

import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

/**
 * Part of a statement, named `views_ended`: writes into the audit of each customer that support no longer looks as one of its people.
 *
 * @param from rows with the support's `user_id`, the `viewed_user_id` (null: nothing to write) and `viewing_ends_at`
 * @param now when it ended, unless it ran out before
 */
export function viewsEnded(from: SQL, now: SQL): SQL {
  return sql`views_ended as (
      insert into audit_entries (at, customer_id, user_id, actor, role, action, detail)
      select least(${now}, w.viewing_ends_at), v.customer_id, u.id, u.email, u.role, 'customer.view-ended',
        jsonb_build_object('personId', v.id, 'email', v.email)
      from ${from} w join users u on u.id = w.user_id join users v on v.id = w.viewed_user_id
      returning id
    )`;
}

import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

/**
 * Part of a statement, named `impersonations_ended`: writes the end of each impersonation to the audit of its customer.
 *
 * @param from rows with the support's `user_id`, the `viewed_user_id` (null: nothing to write) and `viewing_ends_at`
 * @param now when it ended, unless it ran out before
 */
export function recordImpersonationEnds(from: SQL, now: SQL): SQL {
  return sql`impersonations_ended as (
      insert into audit_entries (at, customer_id, user_id, actor, role, action, detail)
      select least(${now}, w.viewing_ends_at), v.customer_id, u.id, u.email, u.role, 'customer.view-ended',
        jsonb_build_object('personId', v.id, 'email', v.email)
      from ${from} w join users u on u.id = w.user_id join users v on v.id = w.viewed_user_id
      returning id
    )`;
}

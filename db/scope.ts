import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

/** Which rows of customers an actor may touch. Never optional. */
export type Scope =
  | { readonly kind: 'own'; readonly customerId: string; readonly userId: string }
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'all' };

/** Condition on the alias `e` of entitlements: those the scope may see. */
export function entitlementsIn(scope: Scope): SQL {
  switch (scope.kind) {
    case 'own':
      return sql`(e.customer_id = ${scope.customerId} and exists (select from entitlement_assignments ea where ea.entitlement_id = e.id and ea.user_id = ${scope.userId}))`;
    case 'customer':
      return sql`(e.customer_id = ${scope.customerId})`;
    case 'all':
      return sql`true`;
  }
}

/** Condition on the alias `d` of devices: those with an activation on an entitlement the scope may see. */
export function devicesIn(scope: Scope): SQL {
  switch (scope.kind) {
    case 'own':
      return sql`(d.customer_id = ${scope.customerId} and exists (select from activations da join entitlements e on e.id = da.entitlement_id where da.device_id = d.id and ${entitlementsIn(scope)}))`;
    case 'customer':
      return sql`(d.customer_id = ${scope.customerId})`;
    case 'all':
      return sql`true`;
  }
}

/** Condition on the alias `x` of exchanges: those on an entitlement the scope may see, and the person's own that came to none. */
export function exchangesIn(scope: Scope): SQL {
  switch (scope.kind) {
    case 'own':
      return sql`(x.customer_id = ${scope.customerId} and ((x.entitlement_id is null and x.user_id = ${scope.userId}) or exists (select from entitlements e where e.id = x.entitlement_id and ${entitlementsIn(scope)})))`;
    case 'customer':
      return sql`(x.customer_id = ${scope.customerId})`;
    case 'all':
      return sql`true`;
  }
}

/** Condition on the aliases `cl` of claims and `e` of their entitlements: a member sees those they made. */
export function claimsIn(scope: Scope): SQL {
  switch (scope.kind) {
    case 'own':
      return sql`(cl.claimant_id = ${scope.userId} and ${entitlementsIn(scope)})`;
    case 'customer':
      return sql`(cl.customer_id = ${scope.customerId})`;
    case 'all':
      return sql`true`;
  }
}

/** Condition on the alias `u` of users: people of customers the scope may see. The vendor's own people are of no customer and never among them. */
export function peopleIn(scope: Scope): SQL {
  switch (scope.kind) {
    case 'own':
      return sql`(u.customer_id = ${scope.customerId} and u.id = ${scope.userId})`;
    case 'customer':
      return sql`(u.customer_id = ${scope.customerId})`;
    case 'all':
      return sql`(u.customer_id is not null)`;
  }
}

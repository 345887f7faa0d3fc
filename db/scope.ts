import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { claims } from './schema/claims';
import { devices } from './schema/devices';
import { entitlements } from './schema/entitlements';
import { exchanges } from './schema/exchanges';
import { users } from './schema/people';

/** The tables in conditions of a scope, under the aliases used there. */
export const scoped = {
  entitlements: alias(entitlements, 'e'),
  devices: alias(devices, 'd'),
  exchanges: alias(exchanges, 'x'),
  claims: alias(claims, 'cl'),
  people: alias(users, 'u'),
};

/** What the verified content of a file proves: the code it carries, or the activation whose key signed it. */
export type FileProof =
  | { readonly kind: 'code'; readonly digest: string }
  | { readonly kind: 'key'; readonly dialect: DialectId; readonly deviceKey: string; readonly activationId: string | null };

/** Which rows of customers an actor may touch. Never optional. */
export type Scope =
  | { readonly kind: 'own'; readonly customerId: string; readonly userId: string }
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'all' }
  /** Somebody who is not signed in: the files their browser handed in within so many hours, and nothing of any customer. */
  | { readonly kind: 'visitor'; readonly visitorId: string; readonly hours: number }
  /** What one file proves: its own entitlements, for a visitor where the product allows it, and its own answer. */
  | { readonly kind: 'file'; readonly requestKey: string; readonly proof: FileProof; readonly bearer: 'visitor' | 'application' }
  /** An application of the vendor's that brings no file yet. */
  | { readonly kind: 'nothing' };

/** Condition on the alias `e` of entitlements: those the scope may see. */
export function entitlementsIn(scope: Scope): SQL {
  switch (scope.kind) {
    case 'own':
      return sql`(e.customer_id = ${scope.customerId} and exists (select from entitlement_assignments ea where ea.entitlement_id = e.id and ea.user_id = ${scope.userId}))`;
    case 'customer':
      return sql`(e.customer_id = ${scope.customerId})`;
    case 'all':
      return sql`true`;
    case 'visitor':
    case 'nothing':
      return sql`false`;
    case 'file':
      if (scope.bearer === 'application') return provenBy(scope.proof);
      return sql`(${provenBy(scope.proof)} and exists (select from offerings go join products gp on gp.id = go.product_id where go.id = e.offering_id and gp.guest_exchange))`;
  }
}

/** Condition on the alias `e`: the proof covers the entitlement. A withdrawn code covers none, nor does a signature by another key than the activation's. */
function provenBy(proof: FileProof): SQL {
  switch (proof.kind) {
    case 'code':
      return sql`exists (select from activation_codes gk join activation_code_entitlements gke on gke.code_id = gk.id where gk.digest = ${proof.digest} and gk.withdrawn_at is null and gke.entitlement_id = e.id)`;
    case 'key':
      return sql`exists (select from activations ga where (${proof.activationId}::uuid is null or ga.id = ${proof.activationId}::uuid) and ga.dialect = ${proof.dialect} and ga.device_key = ${proof.deviceKey} and ga.entitlement_id = e.id)`;
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
    case 'visitor':
    case 'file':
    case 'nothing':
      return sql`false`;
  }
}

/** Condition on the alias `x` of exchanges: those on an entitlement the scope may see, and the person's own that have no entitlement. */
export function exchangesIn(scope: Scope): SQL {
  switch (scope.kind) {
    case 'own':
      return sql`(x.customer_id = ${scope.customerId} and ((x.entitlement_id is null and x.user_id = ${scope.userId}) or exists (select from entitlements e where e.id = x.entitlement_id and ${entitlementsIn(scope)})))`;
    case 'customer':
      return sql`(x.customer_id = ${scope.customerId})`;
    case 'all':
      return sql`true`;
    case 'visitor':
      return sql`(x.visitor_id = ${scope.visitorId}::uuid and x.at > clock_timestamp() - make_interval(hours => ${scope.hours}))`;
    case 'nothing':
      return sql`false`;
    case 'file':
      return sql`(x.request_key = ${scope.requestKey} and exists (select from entitlements e where e.id = x.entitlement_id and ${entitlementsIn(scope)}))`;
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
    case 'visitor':
    case 'file':
    case 'nothing':
      return sql`false`;
  }
}

/**
 * Condition on the alias `u` of users: people of customers the scope may see. The vendor's own people belong to no customer and are never among
 * them, nor are deleted people.
 */
export function peopleIn(scope: Scope): SQL {
  switch (scope.kind) {
    case 'own':
      return sql`(u.customer_id = ${scope.customerId} and u.id = ${scope.userId} and u.deleted_at is null)`;
    case 'customer':
      return sql`(u.customer_id = ${scope.customerId} and u.deleted_at is null)`;
    case 'all':
      return sql`(u.customer_id is not null and u.deleted_at is null)`;
    case 'visitor':
    case 'file':
    case 'nothing':
      return sql`false`;
  }
}

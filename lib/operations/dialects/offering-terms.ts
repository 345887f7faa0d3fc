import type { Writing } from '@/db/audit/insert-audited';
import type { Database } from '@/db/client';
import { keygenPolicyWrites } from '@/db/keygen/keygen-policies';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { KeygenPolicy } from '../keygen/keygen-policy';
import { keygenPolicy } from '../keygen/keygen-policy';

/** Members of the input of an offering that belong to single dialects. Null: the offering is not for that dialect. */
export const offeringTermsInput = {
  /** How software built for Keygen is served. */
  keygen: keygenPolicy.nullable().default(null),
} satisfies Partial<Record<DialectId, object>>;

/** Terms of an offering for single dialects. */
interface OfferingTerms {
  readonly keygen: KeygenPolicy | null;
}

/** Splits the terms of single dialects from the other members of an offering. */
export function splitOfferingTerms<Terms extends { readonly keygen: unknown }>({ keygen, ...general }: Terms) {
  return { general, special: { keygen } as Pick<Terms, 'keygen'> };
}

/** The default dialects of an offering: those that it has terms for, or the native one. */
export function dialectsOfTerms({ keygen }: OfferingTerms): DialectId[] {
  return [keygen === null ? 'native' : 'keygen'];
}

/** The writes of the terms of single dialects, for the statement that creates the offering. */
export function offeringTermsWrites(db: Database, offeringId: string, { keygen }: OfferingTerms): Writing[] {
  return keygen === null ? [] : keygenPolicyWrites(db, { ...keygen, offeringId });
}

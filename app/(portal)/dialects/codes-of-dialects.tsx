import type { ReactNode } from 'react';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { DIALECT_IDS } from '@/lib/licensing/dialects/dialect-id';
import { licenceKeySection } from '../keygen/licence-key-section';

/** Renders the codes by which software of a dialect names an entitlement; null for none. */
type CodeSection = (entitlementId: string) => Promise<ReactNode>;

const SECTIONS: Readonly<Record<DialectId, CodeSection | null>> = {
  native: null,
  keygen: licenceKeySection,
  licensespring: null,
};

/** Renders the codes of an entitlement in other dialects, in addition to its activation codes. */
export async function codesOfDialects(entitlementId: string): Promise<ReactNode[]> {
  return Promise.all(DIALECT_IDS.map(async (id) => SECTIONS[id]?.(entitlementId) ?? null));
}

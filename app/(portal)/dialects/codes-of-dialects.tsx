import type { ReactNode } from 'react';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { DIALECT_IDS } from '@/lib/licensing/dialects/dialect-id';
import { licenceKeySection } from '../keygen/licence-key-section';

/** What a dialect shows of what names an entitlement to its software; null for nothing. */
type CodeSection = (entitlementId: string) => Promise<ReactNode>;

const SECTIONS: Readonly<Record<DialectId, CodeSection | null>> = {
  native: null,
  keygen: licenceKeySection,
  licensespring: null,
};

/** What names an entitlement to software of other dialects, beside its activation codes. */
export async function codesOfDialects(entitlementId: string): Promise<ReactNode[]> {
  return Promise.all(DIALECT_IDS.map(async (id) => SECTIONS[id]?.(entitlementId) ?? null));
}

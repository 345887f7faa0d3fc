import { showLicence } from '@/lib/operations/keygen/show-licence';
import { perform } from '@/lib/operations/operation';
import { requestContext } from '@/lib/web/request-context';
import { LicenceKey } from './licence-key';

/** Renders the licence key of an entitlement; null without one. */
export async function licenceKeySection(entitlementId: string) {
  const licence = await perform(showLicence, { entitlementId }, await requestContext());
  if (!licence.ok || licence.value.key === null) return null;
  return <LicenceKey key="licence-key" entitlementId={entitlementId} licenceKey={licence.value.key} />;
}

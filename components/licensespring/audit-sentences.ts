import type { LICENSESPRING_AUDIT_ACTIONS } from '@/lib/licensing/licensespring/audit-actions';
import type { FormatEvent } from '../audit/audited-event';
import { productOf } from '../audit/audited-event';

type Action = (typeof LICENSESPRING_AUDIT_ACTIONS)[keyof typeof LICENSESPRING_AUDIT_ACTIONS][number];

/** Sentences about licences and keys of the LicenseSpring format. */
export const LICENSESPRING_EVENTS: Readonly<Record<Action, FormatEvent>> = {
  'licensespring.licence-changed': (it) => [it.who, ' changed what applications are told of ', productOf(it)],
  'licensespring.issuer-created': (it) => [it.who, ' made the keys for files in LicenseSpring’s format'],
  'licensespring.client-created': (it) => [it.who, ' made a key for applications that write files in LicenseSpring’s format'],
  'licensespring.client-withdrawn': (it) => [
    it.who,
    ' withdrew a key of applications that write files in LicenseSpring’s format',
  ],
};

import type { Dialect } from '../dialect';
import { LICENSESPRING_CHECKS } from './checks';
import { hardwareDigest } from './device-key';
import type { LicenseSpringKeys } from './issuer';
import { openRequest } from './open';
import { looksLikeRequest } from './recognise';
import { sealReply } from './seal';
import { showText } from './show-text';
import type { SealingKeys } from './write-reply';

/** The documented offline format of LicenseSpring (docs/formats/licensespring.md). */
export const licenseSpringDialect = {
  id: 'licensespring',
  checks: LICENSESPRING_CHECKS,
  detect: looksLikeRequest,
  digestMachine: (hardwareId, vendorId) => hardwareDigest(vendorId, hardwareId),
  open: openRequest,
  showText,
  signsInTurns: true,
  seal: sealReply,
} satisfies Dialect<LicenseSpringKeys, SealingKeys>;

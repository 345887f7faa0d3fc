import type { Dialect } from '../dialect';
import { LICENSESPRING_CHECKS } from './checks';
import { openRequest } from './open';
import { looksLikeRequest } from './recognise';
import { sealReply } from './seal';
import { showText } from './show-text';

/** The documented offline format of LicenseSpring (docs/formats/licensespring.md). */
export const licenseSpringDialect = {
  id: 'licensespring',
  checks: LICENSESPRING_CHECKS,
  recognises: looksLikeRequest,
  open: openRequest,
  showText,
  signsInTurns: true,
  seal: sealReply,
} satisfies Dialect;

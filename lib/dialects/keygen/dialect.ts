import { KEYGEN_CHECKS } from './checks';
import { looksLikeKeygen, openRequest } from './open';
import { sealReply } from './seal';

/** The formats of docs/formats/keygen.md: the text of a device page in, machine files out. */
export const keygenDialect = {
  id: 'keygen',
  checks: KEYGEN_CHECKS,
  recognises: looksLikeKeygen,
  open: openRequest,
  seal: sealReply,
};

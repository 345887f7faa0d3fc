import type { Dialect } from '../dialect';
import { KEYGEN_CHECKS } from './checks';
import type { KeygenSealingKeys } from './issuer';
import { looksLikeKey } from './key-shape';
import type { KeygenKeys } from './open';
import { fingerprintDigest, looksLikeKeygen, openRequest } from './open';
import { sealReply } from './seal';

/** The formats of docs/formats/keygen.md: the text of a device page in, machine files out. */
export const keygenDialect = {
  id: 'keygen',
  checks: KEYGEN_CHECKS,
  detect: looksLikeKeygen,
  detectCode: (text) => (looksLikeKey(text) ? 'keygen-key' : null),
  digestMachine: fingerprintDigest,
  open: openRequest,
  seal: sealReply,
} satisfies Dialect<KeygenKeys, KeygenSealingKeys>;

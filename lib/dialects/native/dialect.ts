import type { Dialect } from '../dialect';
import { MAX_FILE_BYTES } from '../read-text';
import { looksArmoured } from './armour';
import { NATIVE_CHECKS } from './checks';
import { openRequest } from './open';
import { sealReply } from './seal';

/** The format of docs/formats/native.md. */
export const nativeDialect: Dialect = {
  id: 'native',
  checks: NATIVE_CHECKS,
  recognises: ({ bytes }) => bytes.byteLength <= MAX_FILE_BYTES && looksArmoured(new TextDecoder().decode(bytes)),
  open: openRequest,
  seal: sealReply,
};

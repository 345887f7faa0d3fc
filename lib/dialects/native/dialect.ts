import type { Dialect } from '../dialect';
import { looksArmoured } from './armour';
import { NATIVE_CHECKS } from './checks';
import { openRequest } from './open';
import type { NativeKeys, NativeSealingKeys } from './opening-keys';
import { sealReply } from './seal';

/** The format of docs/formats/native.md. */
export const nativeDialect = {
  id: 'native',
  checks: NATIVE_CHECKS,
  detect: looksArmoured,
  open: openRequest,
  seal: async (reply, keys) => sealReply(reply, await keys.native()),
} satisfies Dialect<NativeKeys, NativeSealingKeys>;

import type { Reply } from '@/lib/licensing/exchange/reply';
import type { Dialect, ReplyKeys } from '../dialect';
import { looksArmoured } from './armour';
import { NATIVE_CHECKS } from './checks';
import { openRequest } from './open';
import { sealReply } from './seal';

/** The format of docs/formats/native.md. */
export const nativeDialect = {
  id: 'native',
  checks: NATIVE_CHECKS,
  recognises: looksArmoured,
  open: openRequest,
  seal: async (reply: Reply, keys: Pick<ReplyKeys, 'native'>) => sealReply(reply, await keys.native()),
} satisfies Dialect;

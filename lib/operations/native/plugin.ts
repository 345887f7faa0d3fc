import { DIALECTS } from '@/lib/dialects/formats';
import { definePlugin } from '../dialects/plugin';
import { nativeKeys } from './keys';

/** The portal's own files: they need nothing beside the common rules. */
export const nativePlugin = definePlugin({
  dialect: DIALECTS.native,
  openingKeys: nativeKeys,
  sealingKeys: nativeKeys,
  hooks: {},
});

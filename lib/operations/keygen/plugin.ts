import { DIALECTS } from '@/lib/dialects/formats';
import { definePlugin } from '../dialects/plugin';
import { keygenHooks } from './hooks';
import { keygenKeys } from './keys';

/** The dialect of software built for Keygen. */
export const keygenPlugin = definePlugin({
  dialect: DIALECTS.keygen,
  openingKeys: (keys) => keygenKeys(keys).opening,
  sealingKeys: (keys) => keygenKeys(keys).sealing,
  hooks: keygenHooks,
});

import { DIALECTS } from '@/lib/dialects/formats';
import { definePlugin } from '../dialects/plugin';
import { licenseSpringHooks } from './hooks';
import { licenseSpringKeys } from './keys';

/** The dialect of software built for LicenseSpring. */
export const licenseSpringPlugin = definePlugin({
  dialect: DIALECTS.licensespring,
  openingKeys: (keys) => licenseSpringKeys(keys).opening,
  sealingKeys: (keys, signing) => ({ ...licenseSpringKeys(keys).sealing, signing }),
  hooks: licenseSpringHooks,
});

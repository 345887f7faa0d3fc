import type { Dialect, DialectOutline, Observe, UploadedFile } from '@/lib/dialects/dialect';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import type { Signing } from '@/lib/signing/signing-turns';
import type { Keys } from '../keys/keyring';
import type { DialectHooks } from './hooks';

/** A dialect as the portal uses it: opens and seals files with the keys of the dialect, and adds hooks to the common rules. */
export interface DialectPlugin extends DialectOutline {
  /** @throws DialectError for every file that is not a valid request */
  open(file: UploadedFile, keys: Keys, observe?: Observe): Promise<DeviceRequest>;
  /**
   * @param signing the turn to sign in, for a dialect that {@link DialectOutline.signsInTurns}
   * @throws NotWantedError and QueueFullError for such a dialect
   */
  seal(reply: Reply, keys: Keys, signing: Signing): Promise<SealedFile>;
  readonly hooks: DialectHooks;
}

/** The dialects that the portal speaks, in the order in which they are tried on a file. */
export type DialectRegistry = Readonly<Record<DialectId, DialectPlugin>>;

/** Makes the plugin of a dialect, which takes its keys out of the portal's. */
export function definePlugin<OpeningKeys, SealingKeys>(of: {
  dialect: Dialect<OpeningKeys, SealingKeys>;
  openingKeys(keys: Keys): OpeningKeys;
  sealingKeys(keys: Keys, signing: Signing): SealingKeys;
  hooks: DialectHooks;
}): DialectPlugin {
  const { dialect, openingKeys, sealingKeys, hooks } = of;
  return {
    ...dialect,
    open: (file, keys, observe) => dialect.open(file, openingKeys(keys), observe),
    seal: (reply, keys, signing) => dialect.seal(reply, sealingKeys(keys, signing)),
    hooks,
  };
}

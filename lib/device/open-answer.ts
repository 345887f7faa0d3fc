import type { UploadedFile } from '@/lib/dialects/dialect';
import type { OpenedReply } from '@/lib/dialects/native/open-reply';
import { openReply } from '@/lib/dialects/native/open-reply';
import { importExchangeKey } from '@/lib/signing/key-pair';
import type { DeviceState } from './state';

/** A state with keys: a request was written, or the device is activated. */
export type KeyedState = DeviceState & { readonly keys: NonNullable<DeviceState['keys']> };

export function hasKeys(state: DeviceState | null): state is KeyedState {
  return state?.keys != null;
}

/** Verifies an answer with the vendor file of the build and the device's own keys. @throws DialectError */
export async function openAnswer(state: KeyedState, file: UploadedFile): Promise<OpenedReply> {
  const { vendor, keys } = state;
  return openReply(file, {
    vendorId: vendor.vendor_id,
    rootPublicJwk: vendor.root_public_jwk,
    deviceKey: keys.signing.kid,
    exchangeKid: keys.exchange.kid,
    exchangePrivateKey: importExchangeKey(keys.exchange.privateJwk),
  });
}

import 'server-only';
import { connection } from 'next/server';
import { cache } from 'react';
import type { VendorIdentity } from '@/lib/operations/keys/keyring';
import { services } from './services';

/** Whose portal this is; null before the vendor was made. Asked at every request, so that no page is built without its nonce. */
export const currentVendor: () => Promise<VendorIdentity | null> = cache(async () => {
  await connection();
  return services().keyring.vendor();
});

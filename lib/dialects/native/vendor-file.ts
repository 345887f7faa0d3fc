import { z } from 'zod';
import { exchangeKey, line, signingKey } from './token-claims';

/** The vendor's public data that software is built with: `vendor.json`, written by the operator's `vendor export`. */
export const vendorFile = z.object({
  vendor_id: line(200),
  name: z.string().min(1).max(300),
  root_public_jwk: signingKey,
  exchange_public_jwk: exchangeKey,
});

export type VendorFile = z.output<typeof vendorFile>;

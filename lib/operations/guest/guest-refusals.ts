import { DIALECT_PROVES_NOTHING } from '@/lib/licensing/dialects/refusals';
import type { Rejection, RejectionCode } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';

/** The file proves nothing here. That a code is unknown, withdrawn or of a product where guests may do nothing, is all the same to a guest. */
const PROVES_NOTHING: ReadonlySet<RejectionCode> = new Set([
  'product-unknown',
  'product-disabled',
  'product-archived',
  'product-is-bundle',
  'not-a-bundle',
  'activation-code-unknown',
  'activation-code-withdrawn',
  'entitlement-unknown',
  'activation-unknown',
  'proof-of-another-device',
  ...DIALECT_PROVES_NOTHING,
]);

/** The file proves its right, and the reason why nothing comes of it is about the entitlement, of which a guest is told nothing. */
const ABOUT_THE_ENTITLEMENT: ReadonlySet<RejectionCode> = new Set([
  'entitlement-ambiguous',
  'entitlement-disabled',
  'entitlement-expired',
  'trial-expired',
  'entitlement-not-started',
  'offline-not-allowed',
  'consumption-used-up',
  'user-seats-used',
  'bundle-line-refused',
]);

/** Says whether a file was refused because it proves nothing. */
export function provesNothing({ code }: Rejection): boolean {
  return PROVES_NOTHING.has(code);
}

/** What of a rejection a guest is told. What is written down keeps the reason, for support to find by the trouble code. */
export function toldToGuest(rejection: Rejection): Rejection {
  if (provesNothing(rejection)) return reject('guest-refused');
  if (ABOUT_THE_ENTITLEMENT.has(rejection.code)) return reject('guest-not-now');
  return rejection;
}

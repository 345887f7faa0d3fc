import type { Rejection } from '@/lib/licensing/refusals/rejection';

/** A token or certificate that was refused. Carries the rejection; a dialect passes it on as its own. */
export class TokenError extends Error {
  readonly rejection: Rejection;

  constructor(rejection: Rejection, options?: ErrorOptions) {
    super(`token refused: ${rejection.code}`, options);
    this.name = 'TokenError';
    this.rejection = rejection;
  }
}

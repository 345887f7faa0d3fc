import 'server-only';
import { licenceResource } from '@/lib/dialects/keygen/resources';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Validated, ValidationCode } from '@/lib/operations/keygen/validate-key';
import { validateKey } from '@/lib/operations/keygen/validate-key';
import { perform } from '@/lib/operations/operation';
import { answerRefused, answerSigned, callOf } from './answer-signed';
import { wholeError } from './api-error';
import type { Question } from './read-validation';
import { readValidation } from './read-validation';

/** The `detail` of each validation code. */
const DETAILS: Readonly<Record<ValidationCode, string>> = {
  VALID: 'is valid',
  NOT_FOUND: 'does not exist',
  SUSPENDED: 'is suspended',
  EXPIRED: 'is expired',
  PRODUCT_SCOPE_MISMATCH: 'is of another product',
  POLICY_SCOPE_MISMATCH: 'is of another policy',
  MACHINE_SCOPE_MISMATCH: 'is not activated on this machine',
  FINGERPRINT_SCOPE_REQUIRED: 'needs the fingerprint of a machine as its scope',
  FINGERPRINT_SCOPE_MISMATCH: 'is not activated on a machine with this fingerprint',
  NO_MACHINE: 'has no activated machine',
  NO_MACHINES: 'has no activated machines',
  TOO_MANY_MACHINES: 'has more activated machines than were bought',
  ENTITLEMENTS_MISSING: 'lacks one of the features that were asked for',
};

/**
 * Validates a licence key and responds with the signed result.
 *
 * @param account account in the path; null when the path names none
 */
export function answerValidation(request: Request, account: string | null): Promise<Response> {
  const call = callOf(request);
  return answerSigned(call, account, async () => {
    const read = await readValidation(request);
    if ('error' in read) return read;
    const { key, scope } = read.question;
    const result = await perform(validateKey, { key, ...(scope ? { scope } : {}) }, call.context);
    if (result.ok) return { document: toDocument(result.value, read.question) };
    const { rejection } = result;
    return { error: wholeError(rejection.code === 'too-many-attempts' ? 429 : 503, rejection) };
  });
}

function toDocument({ issuer, now, code, licence }: Validated, { nonce, scope }: Question): object {
  return {
    data: licence === null ? null : licenceResource(issuer.account, licence),
    meta: {
      ts: now.toISOString(),
      valid: code === 'VALID',
      detail: DETAILS[code],
      code,
      ...(nonce === undefined || nonce === null ? {} : { nonce }),
      ...(scope === undefined || scope === null ? {} : { scope }),
    },
  };
}

/** Refuses a method that the address does not support. */
export function answerOtherMethod(request: Request, account: string | null = null): Promise<Response> {
  const error = wholeError(405, reject('keygen-method-refused', { method: request.method }));
  return answerSigned(callOf(request), account, async () => ({ error }));
}

/** Refuses an unknown address. */
export function answerUnknown(request: Request): Promise<Response> {
  return answerRefused(callOf(request), wholeError(404, reject('call-address-unknown')));
}

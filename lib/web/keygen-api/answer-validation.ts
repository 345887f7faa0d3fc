import 'server-only';
import { licenceResource } from '@/lib/dialects/keygen/resources';
import { reject } from '@/lib/licensing/rejection';
import type { Validated } from '@/lib/operations/keygen/validate-key';
import { validateKey } from '@/lib/operations/keygen/validate-key';
import type { ValidationCode } from '@/lib/operations/keygen/validation';
import { perform } from '@/lib/operations/operation';
import { applicationContext } from '../application-context';
import type { ApiAnswer } from './answer-signed';
import { answerSigned } from './answer-signed';
import type { Question } from './read-validation';
import { readValidation } from './read-validation';

/** What each code means, in the words of a client's log. */
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
 * Answers what a licence key is worth, signed.
 *
 * @param account in the address; null where the address names none
 */
export function answerValidation(request: Request, account: string | null): Promise<Response> {
  const context = applicationContext(request, 'Keygen API');
  return answerSigned(request, { keyring: context.keyring, account }, async () => {
    const read = await readValidation(request);
    if ('error' in read) return read;
    const { key, scope } = read.question;
    const result = await perform(validateKey, { key, ...(scope ? { scope } : {}) }, context);
    if (result.ok) return { document: toDocument(result.value, read.question) };
    const { rejection } = result;
    return { error: { status: rejection.code === 'too-many-attempts' ? 429 : 503, rejection, pointer: null } };
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

/** Answers what is asked of the same address in another way than it takes. */
export function answerOtherMethod(request: Request, account: string | null): Promise<Response> {
  const { keyring } = applicationContext(request, 'Keygen API');
  return answerSigned(request, { keyring, account }, async (): Promise<ApiAnswer> => {
    return { error: { status: 405, rejection: reject('keygen-method-refused', { method: request.method }), pointer: null } };
  });
}

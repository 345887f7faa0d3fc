import type { SIGNED_CALL_REFUSALS } from '@/lib/licensing/licensespring/call-refusals';
import type { LICENCE_REFUSALS } from '@/lib/licensing/licensespring/licence-refusals';
import type { LICENSESPRING_REFUSALS } from '@/lib/licensing/licensespring/licensespring-refusals';
import type { CALL_REFUSALS } from '@/lib/licensing/refusals/call-refusals';
import type { FILE_REFUSALS } from '@/lib/licensing/refusals/file-refusals';
import type { LICENSING_REFUSALS } from '@/lib/licensing/refusals/licensing-refusals';
import type { Rejection, RejectionCode } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';

/** Error codes of the documented API (docs/formats/licensespring.md, over HTTP). */
type ApiCode =
  | 'missing_headers'
  | 'missing_parameters'
  | 'missing_content'
  | 'invalid_json'
  | 'validation_error'
  | 'not_found'
  | 'internal_error'
  | 'authorization_missing_params'
  | 'authorization_invalid_headers'
  | 'hmac_required'
  | 'invalid_api_key'
  | 'date_header_diff'
  | 'api_key_product_not_allowed'
  | 'signature_mismatch'
  | 'license_not_found'
  | 'license_not_enabled'
  | 'license_not_active'
  | 'license_activated_max_times'
  | 'license_expired'
  | 'trial_expired'
  | 'license_key_required'
  | 'device_not_found'
  | 'missing_hardware_id'
  | 'blacklisted'
  | 'unknown_product'
  | 'disabled_product'
  | 'archived_product'
  | 'product_not_bundle';

/** An error response. */
export interface ApiError {
  readonly status: number;
  readonly code: ApiCode;
  readonly message: string;
}

/** Rejection codes that a call can meet. The compiler requires an API code for each. */
type Answerable =
  | keyof typeof CALL_REFUSALS
  | keyof typeof SIGNED_CALL_REFUSALS
  | keyof typeof FILE_REFUSALS
  | keyof typeof LICENSESPRING_REFUSALS
  | keyof typeof LICENSING_REFUSALS
  | keyof typeof LICENCE_REFUSALS
  | 'busy'
  | 'too-many-at-once'
  | 'too-many-attempts'
  | 'too-many-refusals'
  | 'input-refused';

const CODES = {
  'call-address-unknown': 'not_found',
  'call-address-unreadable': 'not_found',
  'call-method-refused': 'validation_error',
  'call-too-slow': 'missing_parameters',
  'call-too-large': 'validation_error',
  'call-form-unreadable': 'missing_parameters',
  'call-headers-missing': 'missing_headers',
  'call-authorization-refused': 'authorization_invalid_headers',
  'call-algorithm-refused': 'hmac_required',
  'call-client-unknown': 'invalid_api_key',
  'call-date-refused': 'date_header_diff',
  'call-signature-differs': 'signature_mismatch',
  'call-body-missing': 'missing_parameters',
  'call-content-missing': 'missing_content',

  'file-empty': 'missing_content',
  'file-too-large': 'validation_error',
  'file-not-text': 'authorization_missing_params',
  'file-not-recognised': 'authorization_missing_params',
  'file-not-base64': 'authorization_missing_params',
  'file-json-refused': 'invalid_json',
  'file-identity-missing': 'authorization_missing_params',
  'file-field-missing': 'validation_error',
  'file-field-refused': 'validation_error',
  'file-client-unknown': 'invalid_api_key',
  'file-client-not-for-product': 'api_key_product_not_allowed',
  'file-inner-signature-differs': 'signature_mismatch',
  'file-schema-too-old': 'validation_error',
  'file-kind-unclear': 'validation_error',
  'file-kind-unsigned': 'validation_error',
  'file-kind-differs': 'validation_error',
  'file-predates-activation': 'validation_error',
  'file-is-an-answer': 'validation_error',
  'token-not-authentic': 'signature_mismatch',
  'request-too-old': 'date_header_diff',
  'request-from-the-future': 'date_header_diff',
  // Codes of the native format, which applications of this API never meet.
  'file-cut-short': 'validation_error',
  'file-has-two-blocks': 'validation_error',
  'file-damaged': 'validation_error',
  'file-headers-differ': 'validation_error',
  'format-version-unknown': 'validation_error',
  'token-too-large': 'validation_error',
  'token-malformed': 'validation_error',
  'token-header-refused': 'validation_error',
  'exchange-key-unknown': 'validation_error',
  'exchange-key-retired': 'validation_error',
  'vendor-differs': 'validation_error',
  'claims-refused': 'validation_error',
  'requested-lease-refused': 'validation_error',
  'fingerprint-too-small': 'validation_error',
  'proof-of-another-device': 'device_not_found',

  'product-unknown': 'unknown_product',
  'product-disabled': 'disabled_product',
  'product-archived': 'archived_product',
  'activation-code-unknown': 'license_not_found',
  'activation-code-withdrawn': 'license_not_found',
  'entitlement-unknown': 'license_not_found',
  'entitlement-ambiguous': 'license_not_found',
  'entitlement-disabled': 'license_not_enabled',
  'entitlement-expired': 'license_expired',
  'trial-expired': 'trial_expired',
  'entitlement-not-started': 'license_not_active',
  'offline-not-allowed': 'license_not_active',
  'no-seat-free': 'license_activated_max_times',
  'reinstall-needs-release': 'license_activated_max_times',
  'reinstall-needs-approval': 'license_activated_max_times',
  'reinstall-over-limit': 'license_activated_max_times',
  'reinstalls-used-up': 'license_activated_max_times',
  'key-of-another-machine': 'validation_error',
  'other-kind-of-file': 'license_not_found',
  'consumption-used-up': 'license_not_active',
  'request-id-reused': 'validation_error',
  'lease-still-running': 'validation_error',
  'no-seat-held': 'device_not_found',
  'activation-unknown': 'device_not_found',
  'activation-released': 'license_not_active',
  'activation-returned': 'device_not_found',
  'activation-replaced': 'device_not_found',
  'activation-revoked': 'license_not_active',
  'activated-elsewhere': 'license_not_found',
  'licensespring-user-refused': 'license_not_found',
  'user-seats-used': 'license_activated_max_times',
  'device-blacklisted': 'blacklisted',
  'virtual-machine-refused': 'validation_error',
  'licence-differs': 'license_not_found',
  'product-is-bundle': 'validation_error',
  'not-a-bundle': 'product_not_bundle',
  'bundle-line-refused': 'validation_error',

  busy: 'internal_error',
  'too-many-at-once': 'validation_error',
  'too-many-attempts': 'validation_error',
  'too-many-refusals': 'validation_error',
  'input-refused': 'validation_error',
} as const satisfies Record<Answerable, ApiCode>;

/** HTTP status of each API code; 400 for the others. */
const STATUSES: Partial<Record<ApiCode, number>> = { not_found: 404, signature_mismatch: 401, internal_error: 500 };

/** Rejection codes with a more precise HTTP status: temporary refusals and malformed calls. */
const OWN_STATUSES: Partial<Record<RejectionCode, number>> = {
  busy: 503,
  'too-many-at-once': 429,
  'too-many-attempts': 429,
  'too-many-refusals': 429,
  'call-address-unreadable': 400,
  'call-method-refused': 405,
  'call-too-slow': 408,
  'call-too-large': 413,
};

function isAnswerable(code: string): code is Answerable {
  return Object.hasOwn(CODES, code);
}

/** Fields whose unusable value has its own API code. */
const FIELDS: Readonly<Record<string, ApiCode>> = { hardware_id: 'missing_hardware_id', license_key: 'license_key_required' };

/** Finds the API code of a rejection; for a bundle, that of the line that was refused. */
function codeOf({ code, facts }: Rejection): ApiCode {
  if (code === 'file-field-refused') return FIELDS[String(facts.field)] ?? CODES[code];
  const reason = code === 'bundle-line-refused' ? String(facts.reason) : code;
  return isAnswerable(reason) ? CODES[reason] : 'not_found';
}

/** Converts a rejection to an API error, with our explanation as its message. */
export function toApiError(rejection: Rejection): ApiError {
  const code = codeOf(rejection);
  const { cause, fix } = explain(rejection);
  return { status: OWN_STATUSES[rejection.code] ?? STATUSES[code] ?? 400, code, message: `${cause} ${fix}` };
}

import { expect, test } from 'vitest';
import { reject } from '@/lib/licensing/refusals/rejection';
import { toApiError } from './api-error';

test.each([
  [reject('no-seat-free', { seats: 2, held: 2 }), 400, 'license_activated_max_times'],
  [reject('token-not-authentic'), 401, 'signature_mismatch'],
  [reject('bundle-line-refused', { product: 'pump', reason: 'entitlement-expired' }), 400, 'license_expired'],
  [reject('bundle-line-refused', { product: 'pump', reason: 'nonsense' }), 404, 'not_found'],
  [reject('file-field-refused', { field: 'hardware_id' }), 400, 'missing_hardware_id'],
  [reject('file-field-refused', { field: 'license_key' }), 400, 'license_key_required'],
  [reject('file-field-refused', { field: 'is_vm' }), 400, 'validation_error'],
  [reject('busy'), 503, 'internal_error'],
  [reject('too-many-attempts', { retryAt: '2026-01-01T00:00:00Z' }), 429, 'validation_error'],
  [reject('too-many-at-once', { retryAt: '2026-01-01T00:00:00Z' }), 429, 'validation_error'],
  [reject('too-many-refusals', { retryAt: '2026-01-01T00:00:00Z' }), 429, 'validation_error'],
  [reject('vendor-missing'), 404, 'not_found'],
  [reject('call-address-unknown'), 404, 'not_found'],
  [reject('call-address-unreadable'), 400, 'not_found'],
  [reject('call-method-refused', { method: 'TRACE' }), 405, 'validation_error'],
  [reject('call-too-slow'), 408, 'missing_parameters'],
])('%j is told as %i %s, with what to do', (rejection, status, code) => {
  expect(toApiError(rejection)).toEqual({ status, code, message: expect.stringMatching(/^[A-Z].+\.$/) });
});

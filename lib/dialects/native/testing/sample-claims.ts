import { createHash } from 'node:crypto';
import type { VectorKeys } from './vector-keys';

type Device = VectorKeys['device'];

const WRITTEN_AT = 1_790_000_000;
/** The last header line of every sample. */
export const CREATED = 'Created: 2026-09-21T14:13:20Z';

function componentDigest(name: string, value: string): string {
  return createHash('sha256').update(`acme-motion|${name}|${value}`).digest('base64url');
}

export const COMPONENTS = {
  cpu: componentDigest('cpu', 'GenuineIntel 6 158'),
  mac: componentDigest('mac', '00:1b:21:4d:5e:6f'),
  machine: componentDigest('machine', 'f3a1c09d5be84f0f8d7c2f0c8a5b1e42'),
};

/** The claims of a full request. */
export function sampleRequest(device: Device) {
  return {
    v: 1,
    iss: device.signing.kid,
    aud: 'acme-motion',
    iat: WRITTEN_AT,
    jti: '3f0c7a52-6a7e-4b0f-9d3a-2f1f6f0a9c11',
    product: 'motion-studio',
    activation_code: '7KQ2M-XW9PD-4HTRB-YCV6N',
    device: { name: 'Press line 7', platform: 'linux-x64', fingerprint: { version: 1, components: COMPONENTS } },
    cnf: { jwk: device.signing.publicJwk },
    exchange_jwk: device.exchange.publicJwk,
  };
}

export const REQUEST_HEADERS = ['Format: 1', 'Device: Press line 7', 'Product: motion-studio', CREATED];

export function sampleProof(device: Device) {
  return {
    v: 1,
    iss: device.signing.kid,
    aud: 'acme-motion',
    iat: WRITTEN_AT,
    jti: '8a4be9c5-21d7-4c5e-8b1c-6d2a4f7e3b90',
    sub: '0198f3f0-5b1e-7c3a-9f60-3f8a1c2b4d5e',
    lease_sequence: 3,
    usage: { exports: 41 },
    reason: 'Machine is scrapped',
    ext: { device: 'Press line 7', product: 'motion-studio' },
  };
}

/** The claims of a refresh; with `in_response_to` those of a response. */
export function sampleRefresh(device: Device, keys: VectorKeys) {
  return {
    v: 1,
    iss: 'acme-motion',
    aud: device.signing.kid,
    sub: '0198f3f0-5b1e-7c3a-9f60-3f8a1c2b4d5e',
    iat: WRITTEN_AT,
    jti: 'c1d2e3f4-a5b6-4789-8abc-def012345678',
    exp: WRITTEN_AT + 90 * 86_400,
    lease: { sequence: 4, starts_at: WRITTEN_AT, ends_at: WRITTEN_AT + 90 * 86_400, grace_ends_at: WRITTEN_AT + 97 * 86_400 },
    entitlement: {
      id: '0198f3ef-1111-7222-8333-444455556666',
      product: 'motion-studio',
      offering: 'motion-studio-pro-yearly',
      type: 'subscription',
      features: { axes: 8, export: true, simulation: false },
      attributes: { region: 'EU', 'contract no.': 'Ä-2026/17' },
      term_ends_at: WRITTEN_AT + 300 * 86_400,
      maintenance_ends_at: WRITTEN_AT + 300 * 86_400,
      seats: 5,
    },
    customer: { name: 'Müller & Söhne KG' },
    fingerprint: { version: 1, components: COMPONENTS, required: 2 },
    exchange_jwk: keys.exchange.publicJwk,
    server_time: WRITTEN_AT,
    clock_skew_seconds: -259_200,
    ext: { device: 'Press line 7' },
  };
}

export function sampleResponse(device: Device, keys: VectorKeys) {
  const { jti } = sampleRequest(device);
  const refresh = sampleRefresh(device, keys);
  const lease = { sequence: 1, starts_at: WRITTEN_AT, ends_at: WRITTEN_AT + 90 * 86_400 };
  return { ...refresh, jti: '5d6e7f80-9192-4a3b-8c4d-5e6f708192a3', in_response_to: jti, lease };
}

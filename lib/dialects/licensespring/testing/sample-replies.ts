import type { Reply } from '@/lib/licensing/exchange/reply';
import type { LicenceDetails } from '../licence-details';
import type { ReplyTo } from '../request-details';
import { DEVICE, LICENCE_KEY, USERNAME } from './sample-members';
import type { VectorKeys } from './vector';

const UNCOUNTED = {
  total_consumptions: 0,
  allow_overages: false,
  max_overages: 0,
  allow_unlimited_consumptions: false,
  allow_negative_consumptions: false,
  reset_consumption: false,
  consumption_period: null,
} as const;

const FLOATING = {
  is_floating: false,
  is_floating_cloud: false,
  floating_timeout: 0,
  floating_users: 0,
  can_borrow: false,
  max_borrow_time: 0,
} as const;

const CUSTOMER = {
  id: 2_811_930_116_402_775,
  email: '',
  first_name: '',
  last_name: '',
  company_name: 'Müller & Söhne KG',
  phone: '',
  reference: '',
  address: '',
  city: '',
  state: '',
  country: '',
  postcode: '',
} as const;

const FEATURES: LicenceDetails['product_features'] = [
  { code: 'export', type: 'activation' as const, max: 0 },
  { code: 'axes', type: 'consumption' as const, max: 8 },
].map(({ code, type, max }, index) => ({
  id: index + 1,
  code,
  name: code,
  feature_type: type,
  expiry_date: type === 'activation' ? '2026-06-30T00:00:00.000Z' : null,
  metadata: null,
  is_floating: false,
  max_consumption: max,
  ...UNCOUNTED,
}));

/** What a time-limited licence of five seats carries. */
export function sampleDetails(companyId: number): LicenceDetails {
  return {
    id: 3_204_885_210_007_741,
    device_id: 1_117_306_004_990_213,
    license_type: 'time-limited',
    active: true,
    is_expired: false,
    is_trial: false,
    trial_days: 0,
    start_date: '2025-08-29T00:00:00.000Z',
    validity_period: '2026-08-29T00:00:00.000Z',
    maintenance_period: '2026-02-28T00:00:00.000Z',
    enable_maintenance_period: true,
    grace_period: 168,
    allow_grace_period: true,
    user: null,
    max_activations: 5,
    times_activated: 2,
    transfer_count: 1,
    max_transfers: 0,
    allow_unlimited_activations: false,
    allow_offline_activation: true,
    ...FLOATING,
    max_consumptions: 0,
    ...UNCOUNTED,
    product_details: {
      product_id: 81_449_000_117_025,
      product_name: 'Motion Studio',
      short_code: 'mstudio',
      authorization_method: 'license-key',
      metadata: null,
    },
    product_features: FEATURES,
    custom_fields: [{ name: 'region', data_type: 'text', value: 'EU' }],
    variables: [{ id: 1, variable: 'line', value: 'A' }],
    customer: CUSTOMER,
    company: { id: companyId },
    metadata: { contract: 'Ä-2026/17', lines: [1, 2] },
    prevent_vm: false,
    is_air_gapped: false,
    is_hardware_key_auth: false,
    order_store_id: '',
  };
}

/** The reply for a licence key on one device. */
export function sampleReply(keys: VectorKeys): Reply {
  const to: ReplyTo = {
    hardwareId: { sealed: 'sealed b7f4-51c2-PRESS-7' },
    identity: { kind: 'licence-key', sealed: `sealed ${LICENCE_KEY}` },
    client: { kind: 'api-key', id: keys.api_key },
    requestedAt: '2025-08-29T07:22:37.000Z',
    variables: DEVICE.variables,
  };
  const serverTime = new Date('2025-08-29T08:00:00.750Z');
  return {
    kind: 'activation-response',
    replyId: '5d6e7f80-9192-4a3b-8c4d-5e6f708192a3',
    vendorId: keys.vendor_id,
    activationId: '0198f3f0-5b1e-7c3a-9f60-3f8a1c2b4d5e',
    inResponseTo: '3f0c7a52-6a7e-4b0f-9d3a-2f1f6f0a9c11',
    deviceKey: 'of no meaning here',
    deviceName: 'press-7',
    replyTo: to,
    lease: { sequence: 1, startsAt: serverTime, endsAt: new Date('2026-08-29T00:00:00Z'), graceEndsAt: null },
    rights: {
      entitlementId: '0198f3ef-1111-7222-8333-444455556666',
      productCode: 'mstudio',
      offeringCode: 'studio-yearly',
      planType: 'time-limited',
      features: [],
      attributes: {},
      termEndsAt: new Date('2026-08-29T00:00:00Z'),
      maintenanceEndsAt: null,
      seats: 5,
    },
    customerName: 'Müller & Söhne KG',
    fingerprint: { version: 1, components: {} },
    fingerprintRequired: 1,
    serverTime,
    clockSkewSeconds: 0,
    details: sampleDetails(keys.company_id),
  };
}

/** The reply for a user, of a perpetual licence, to an OAuth client. */
export function sampleReplyForUser(keys: VectorKeys): Reply {
  const reply = sampleReply(keys);
  const details: LicenceDetails = {
    ...sampleDetails(keys.company_id),
    license_type: 'perpetual',
    validity_period: null,
    user: {
      id: 17,
      email: 'ada@example.com',
      first_name: '',
      last_name: '',
      phone_number: '',
      is_initial_password: true,
      max_activations: 2,
      allow_unlimited_activations: false,
      total_activations: 1,
    },
  };
  const to: ReplyTo = {
    hardwareId: { sealed: 'sealed Prüfstand-7' },
    identity: { kind: 'user', sealed: `sealed ${USERNAME}` },
    client: { kind: 'oauth', id: keys.client_id },
    requestedAt: '2025-08-29T07:22:37.000Z',
    variables: {},
  };
  return { ...reply, details, replyTo: to };
}

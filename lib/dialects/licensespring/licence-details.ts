import { z } from 'zod';
import { boundedText } from '@/lib/signing/bounded-text';

/** Numbers in files of this dialect are integers that JSON keeps exact in every language. */
const whole = z.int();
const count = whole.min(0);
/** ISO 8601 in UTC with milliseconds, as `Date.toISOString` writes it. */
const instant = boundedText(24).regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
const text = z.string();

/** Any JSON without fractional numbers. */
const json = z.json().refine(hasNoFractions, 'expected whole numbers');

function hasNoFractions(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(hasNoFractions);
}

/** A user whose licence it is. `username` of the answer is the whole name, the e-mail address the part before its first `|`. */
const user = z.strictObject({
  id: count,
  email: text,
  first_name: text,
  last_name: text,
  phone_number: text,
  is_initial_password: z.boolean(),
  max_activations: count,
  allow_unlimited_activations: z.boolean(),
  total_activations: count,
});

const productFeature = z.strictObject({
  id: count,
  code: text,
  name: text,
  feature_type: z.enum(['activation', 'consumption']),
  /** Null: as long as the licence. */
  expiry_date: instant.nullable(),
  metadata: json,
  is_floating: z.boolean(),
  max_consumption: count,
  total_consumptions: whole,
  allow_overages: z.boolean(),
  max_overages: count,
  allow_unlimited_consumptions: z.boolean(),
  allow_negative_consumptions: z.boolean(),
  reset_consumption: z.boolean(),
  consumption_period: text.nullable(),
});

const customer = z.strictObject({
  id: count,
  email: text,
  first_name: text,
  last_name: text,
  company_name: text,
  phone: text,
  reference: text,
  address: text,
  city: text,
  state: text,
  country: text,
  postcode: text,
});

/** State and dates of the licence. */
const validity = {
  license_type: z.enum(['perpetual', 'time-limited', 'subscription', 'consumption']),
  active: z.boolean(),
  is_expired: z.boolean(),
  is_trial: z.boolean(),
  trial_days: count,
  start_date: instant.nullable(),
  /** Until when the application may run; null: without end. Signed, and never later than the lease allows. */
  validity_period: instant.nullable(),
  maintenance_period: instant.nullable(),
  enable_maintenance_period: z.boolean(),
  /** In hours. */
  grace_period: count,
  allow_grace_period: z.boolean(),
};

const seats = {
  max_activations: count,
  times_activated: count,
  transfer_count: count,
  max_transfers: count,
  allow_unlimited_activations: z.boolean(),
  allow_offline_activation: z.boolean(),
};

const floating = {
  is_floating: z.boolean(),
  is_floating_cloud: z.boolean(),
  /** In minutes. */
  floating_timeout: count,
  floating_users: count,
  can_borrow: z.boolean(),
  /** In hours. */
  max_borrow_time: count,
};

const consumption = {
  max_consumptions: count,
  total_consumptions: whole,
  allow_overages: z.boolean(),
  max_overages: count,
  allow_unlimited_consumptions: z.boolean(),
  allow_negative_consumptions: z.boolean(),
  reset_consumption: z.boolean(),
  consumption_period: text.nullable(),
};

/**
 * {@link Reply.details} of this dialect: the members of an answer, spelled and ordered as in the file, but for those that only sealing
 * knows (who and which device it is for, the date, the signatures). Found by the dialect's support in operations.
 */
export const licenceDetails = z.strictObject({
  id: count,
  device_id: count,
  ...validity,
  /** Null for a licence that is named by its key. */
  user: user.nullable(),
  ...seats,
  ...floating,
  ...consumption,
  product_details: z.strictObject({
    product_id: count,
    product_name: text,
    short_code: text,
    authorization_method: z.enum(['license-key', 'user']),
    metadata: json,
  }),
  product_features: z.array(productFeature),
  custom_fields: z.array(z.strictObject({ name: text, data_type: text, value: text })),
  variables: z.array(z.strictObject({ id: count, variable: text, value: text })),
  customer,
  company: z.strictObject({ id: count }),
  metadata: json,
  prevent_vm: z.boolean(),
  is_air_gapped: z.boolean(),
  is_hardware_key_auth: z.boolean(),
  order_store_id: text,
});

export type LicenceDetails = z.output<typeof licenceDetails>;

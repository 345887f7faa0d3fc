import { z } from 'zod';
import { RELEASE_RULES } from '@/lib/licensing/seats/release-policy';
import { boundedText } from '@/lib/signing/bounded-text';
import { attributes, code, duration, email, instant, line } from '../../operator-input';

const LICENCE_TYPES = ['perpetual', 'time-limited', 'subscription', 'consumption'] as const;

const MOST = 1_000_000;
const MOST_CONSUMPTIONS = 1_000_000_000;

/** A user name, exactly as requests carry it: an e-mail address or another name. In files `|` and what follows it are not part of the name. */
const userName = boundedText(254).regex(/^[^\p{C}|\s]+$/u, 'expected a user name without spaces, control characters and |');

/** A key supplied by the vendor, who has to make it hard to guess. */
const ownKey = boundedText(100)
  .min(8)
  .regex(/^[^\p{C}\s]+$/u, 'expected a key without spaces and control characters');

const user = z.strictObject({
  name: userName,
  password: z.string().min(1, 'expected a password').max(200),
  firstName: line(100).nullable().default(null),
  lastName: line(100).nullable().default(null),
  phone: line(50).nullable().default(null),
  /** Seat limit of the user, in addition to that of the licence. Null: as many as the licence has. */
  maxActivations: z.int().min(0).max(MOST).nullable().default(null),
});

/** A product feature, on or counted, with its own end. */
const feature = z.strictObject({
  code,
  limit: z.int().min(1).max(MOST_CONSUMPTIONS).nullable().default(null),
  endsAt: instant.nullable().default(null),
});

/** Shared use on a network. The portal only passes it on: the application enforces it. */
const floating = z.strictObject({
  users: z.int().min(1).max(MOST),
  timeoutMinutes: z.int().min(1).max(MOST).default(120),
  isCloud: z.boolean().default(false),
  borrowHours: z.int().min(1).max(MOST).nullable().default(null),
});

/** The order of a licence by the operator. */
export const licenceInput = z.strictObject({
  /** Short code of the product; created when it is new. */
  product: code,
  type: z.enum(LICENCE_TYPES),
  trial: z.boolean().default(false),
  maxActivations: z.int().min(0).max(MOST),
  /** Any number of devices may be active, above `maxActivations` too. */
  isUnlimited: z.boolean().default(false),
  validFrom: instant.nullable().default(null),
  validUntil: instant.nullable().default(null),
  /** How long a device runs on one file. Null: as long as the licence. */
  lease: duration.nullable().default(null),
  isOffline: z.boolean().default(true),
  isDisabled: z.boolean().default(false),
  graceHours: z.int().min(1).max(87_600).nullable().default(null),
  maintenanceUntil: instant.nullable().default(null),
  preventVm: z.boolean().default(false),
  maxTransfers: z.int().min(0).max(MOST).default(0),
  /** Total consumption of a consumption licence. */
  maxConsumptions: z.int().min(1).max(MOST_CONSUMPTIONS).nullable().default(null),
  maxOverages: z.int().min(0).max(MOST_CONSUMPTIONS).default(0),
  features: z.array(feature).max(64).default([]),
  floating: floating.nullable().default(null),
  customFields: attributes.default({}),
  /** An existing customer. Null: a customer named after the product. */
  customer: code.nullable().default(null),
  orderReference: line(100).nullable().default(null),
  assign: z.array(email).max(200).default([]),
  releaseRule: z.enum(RELEASE_RULES).default('when-lease-ran-out'),
  /** The user of a licence that is activated with name and password instead of a key. */
  user: user.nullable().default(null),
  /** An existing key instead of a new one. */
  licenceKey: ownKey.nullable().default(null),
});

export type LicenceInput = z.output<typeof licenceInput>;

import { z } from 'zod';
import { RELEASE_RULES } from '@/lib/licensing/seats/release-policy';
import { boundedText } from '@/lib/signing/bounded-text';
import { attributes, code, duration, email, instant, line } from '../operator-input';

const LICENCE_TYPES = ['perpetual', 'time-limited', 'subscription', 'consumption'] as const;

const MOST = 1_000_000;
const MOST_CONSUMPTIONS = 1_000_000_000;

/** A user name as requests carry it, exactly: an e-mail address, or any other name. What stands behind `|` in files is no part of it. */
const userName = boundedText(254).regex(/^[^\p{C}|\s]+$/u, 'expected a user name without spaces, control characters and |');

/** Any key that can be told on a line. Whoever brings one answers for its being hard to guess. */
const ownKey = boundedText(100)
  .min(8)
  .regex(/^[^\p{C}\s]+$/u, 'expected a key without spaces and control characters');

const user = z.strictObject({
  name: userName,
  password: z.string().min(1, 'expected a password').max(200),
  firstName: line(100).nullable().default(null),
  lastName: line(100).nullable().default(null),
  phone: line(50).nullable().default(null),
  /** Seats of the user, beside those of the licence. Null: as many as the licence has. */
  maxActivations: z.int().min(0).max(MOST).nullable().default(null),
});

/** A product feature: there, or counted; with an end of its own. */
const feature = z.strictObject({
  code,
  limit: z.int().min(1).max(MOST_CONSUMPTIONS).nullable().default(null),
  endsAt: instant.nullable().default(null),
});

/** Shared use on a network. The portal carries it to the application, which obeys it. */
const floating = z.strictObject({
  users: z.int().min(1).max(MOST),
  timeoutMinutes: z.int().min(1).max(MOST).default(120),
  isCloud: z.boolean().default(false),
  borrowHours: z.int().min(1).max(MOST).nullable().default(null),
});

/** A licence as the operator orders it. */
export const licenceInput = z.strictObject({
  /** Short code of the product; made when it is new. */
  product: code,
  type: z.enum(LICENCE_TYPES),
  trial: z.boolean().default(false),
  maxActivations: z.int().min(0).max(MOST),
  /** Any number may be active, whatever was bought. */
  isUnlimited: z.boolean().default(false),
  validFrom: instant.nullable().default(null),
  validUntil: instant.nullable().default(null),
  /** How long one file lets a device run. Null: as long as the licence. */
  lease: duration.nullable().default(null),
  isOffline: z.boolean().default(true),
  isDisabled: z.boolean().default(false),
  graceHours: z.int().min(1).max(87_600).nullable().default(null),
  maintenanceUntil: instant.nullable().default(null),
  preventVm: z.boolean().default(false),
  maxTransfers: z.int().min(0).max(MOST).default(0),
  /** What a consumption licence may use in all. */
  maxConsumptions: z.int().min(1).max(MOST_CONSUMPTIONS).nullable().default(null),
  maxOverages: z.int().min(0).max(MOST_CONSUMPTIONS).default(0),
  features: z.array(feature).max(64).default([]),
  floating: floating.nullable().default(null),
  customFields: attributes.default({}),
  /** A customer that is there already. Null: one that is named for the product. */
  customer: code.nullable().default(null),
  orderReference: line(100).nullable().default(null),
  assign: z.array(email).max(200).default([]),
  releaseRule: z.enum(RELEASE_RULES).default('when-lease-ran-out'),
  /** Whose licence it is, for one that is used with name and password instead of a key. */
  user: user.nullable().default(null),
  /** A key that was made before, here or elsewhere, instead of a new one. */
  licenceKey: ownKey.nullable().default(null),
});

export type LicenceInput = z.output<typeof licenceInput>;

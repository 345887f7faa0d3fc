import { z } from 'zod';

/** Values that a device keeps under names, as its application set them. */
export const deviceVariables = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** The counter of a licence that is sold by use itself, not by one of its features: the code of the feature that holds it. */
export const LICENCE_CONSUMPTION = 'consumptions';

/**
 * `details` of requests of this dialect, both kinds. Version 1 does not sign any of it, so its submitter can have changed it.
 */
export const requestDetails = z.strictObject({
  schema: z.union([z.literal(1), z.literal(2)]),
  client: z.strictObject({ kind: z.enum(['api-key', 'oauth']), id: z.string() }),
  hardwareId: z.string(),
  productCode: z.string(),
  /** Which of the two names the licence; the text itself is the activation code of an activation request. */
  identity: z.enum(['licence-key', 'user']),
  /** Null for a licence key, and where a deactivation brings none. In the clear: never stored, logged or shown. */
  password: z.string().nullable(),
  bundleCode: z.string().nullable(),
  licenceId: z.int().nullable(),
  isVm: z.boolean(),
  variables: deviceVariables,
  /** Used since the last answer, of the licence itself; of features see `usage` of a deactivation. */
  consumptions: z.int(),
});

export type RequestDetails = z.output<typeof requestDetails>;

/** Data stored with an activation of this dialect, to answer it at any later time. */
export const replyTo = z.strictObject({
  /** Encrypted by the vault; compared by its digest, which is in the fingerprint. */
  hardwareId: z.strictObject({ sealed: z.string() }),
  /** The licence key or the user name, whole, encrypted by the vault. */
  identity: z.strictObject({ kind: z.enum(['licence-key', 'user']), sealed: z.string() }),
  client: z.strictObject({ kind: z.enum(['api-key', 'oauth']), id: z.string() }),
  /**
   * The device's clock when it asked, ISO 8601; the latest, when it asked several times. A deactivation must be later: one with this date or an
   * earlier one was written for an earlier activation, or is the file of an activation with its kind changed.
   */
  requestedAt: z.string(),
  variables: deviceVariables,
});

export type ReplyTo = z.output<typeof replyTo>;

import { z } from 'zod';
import type { Activation } from '@/lib/licensing/seats/activation';
import { fingerprintFromJson } from '../devices/device-json';
import { dialectFromJson } from '../dialect-json';
import { instantFromJson, rowJson, rowSchema } from '../row';
import { activations } from '../schema/activations';

const earlierFromJson = z.object({ fingerprint: fingerprintFromJson, runsOutAt: instantFromJson });

export const activationFromJson = rowSchema(activations, {
  dialect: dialectFromJson,
  fingerprint: fingerprintFromJson,
  earlierFingerprints: z.array(earlierFromJson),
}).omit({
  ...{ deviceJwk: true, replyTo: true, codeId: true, graceEndsAt: true, replacedBy: true, freedAt: true },
}) satisfies z.ZodType<Activation>;

export type ActivationRow = z.output<typeof activationFromJson>;

/** JSON of an activation `a`, as {@link activationFromJson} reads it. */
export const activationJson = rowJson(activations, 'a', activationFromJson);

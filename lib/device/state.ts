import { z } from 'zod';
import { exchangeKey, signingKey } from '@/lib/dialects/native/claims';
import { vendorFile } from '@/lib/dialects/native/vendor-file';

const instant = z.iso.datetime().transform((text) => new Date(text));

function keyPair<Public extends z.ZodType>(publicJwk: Public) {
  return z.strictObject({ kid: z.string(), publicJwk, privateJwk: z.record(z.string(), z.string()) });
}

/** Everything a device remembers. One document, so that every change of it is all or nothing. */
const deviceState = z.strictObject({
  format: z.literal(1),
  /** What the software was built with. */
  vendor: vendorFile,
  /** The exchange key to write to: the built-in one until a reply brings another. */
  exchangeJwk: exchangeKey,
  /** The latest time seen here, by whatever clock or signed file. */
  latestSeenAt: instant,
  deviceName: z.string(),
  /** Components that a test set by hand; null when they are read from the machine. Nothing but a test heeds them. */
  componentValues: z.record(z.string(), z.string()).nullable(),
  /** The machine that a test set them on, as it is read: on another one they do not count. */
  playedOn: z.record(z.string(), z.string()).nullable().default(null),
  /** Null after deactivation: the next request makes new ones. */
  keys: z.strictObject({ signing: keyPair(signingKey), exchange: keyPair(exchangeKey) }).nullable(),
  /** The newest request, until it is answered. */
  pending: z.strictObject({ requestId: z.string(), productCode: z.string(), writtenAt: instant }).nullable(),
  /** The answer in place, as the file that came. It is verified anew at every start, so nothing is believed because it stands here. */
  activation: z
    .strictObject({
      activationId: z.string(),
      leaseSequence: z.number(),
      productCode: z.string(),
      /** The request that was answered last. */
      requestId: z.string().nullable(),
      answer: z.string(),
    })
    .nullable(),
  /** The proof of the last deactivation, readable until the next activation. */
  proof: z.strictObject({ activationId: z.string(), fileName: z.string(), text: z.string() }).nullable(),
});

export type DeviceState = z.output<typeof deviceState>;

/** A memory that is not as it was written: a fault of the machine. */
class StateError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StateError';
  }
}

/** Reads a state as it was written. @throws StateError */
export function parseState(text: string): DeviceState {
  try {
    return deviceState.parse(JSON.parse(text));
  } catch (cause) {
    throw new StateError('expected the state of a device as it was written, found something else', { cause });
  }
}

/** Writes a state as text. */
export function renderState(state: DeviceState): string {
  return `${JSON.stringify(state, null, 2)}\n`;
}

import { z } from 'zod';
import { exchangeKey, signingKey } from '@/lib/dialects/native/token-claims';
import { vendorFile } from '@/lib/dialects/native/vendor-file';

const instant = z.iso.datetime().transform((text) => new Date(text));

function keyPair<Public extends z.ZodType>(publicJwk: Public) {
  return z.strictObject({ kid: z.string(), publicJwk, privateJwk: z.record(z.string(), z.string()) });
}

/** The whole state of a device. One document, so that every change is atomic. */
const deviceState = z.strictObject({
  format: z.literal(1),
  /** What the software was built with. */
  vendor: vendorFile,
  /** The exchange key to write to: the built-in one until a reply brings another. */
  exchangeJwk: exchangeKey,
  /** The latest time seen on this device, from its clock, file times and signed files. */
  latestSeenAt: instant,
  deviceName: z.string(),
  /** Components that a test set by hand; null when they are read from the machine. Used in tests only. */
  componentValues: z.record(z.string(), z.string()).nullable(),
  /** The components read from the machine that a test set them on: on another machine they do not count. */
  playedOn: z.record(z.string(), z.string()).nullable().default(null),
  /** Null after deactivation: the next request makes new ones. */
  keys: z.strictObject({ signing: keyPair(signingKey), exchange: keyPair(exchangeKey) }).nullable(),
  /** The newest request, until it is answered. */
  pending: z.strictObject({ requestId: z.string(), productCode: z.string(), writtenAt: instant }).nullable(),
  /** The answer in place, as the file that came. It is verified anew at every start, so being stored here proves nothing. */
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

/** A stored state that cannot be read: a fault of the machine. */
class StateError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StateError';
  }
}

/** Parses a stored state. @throws StateError */
export function parseState(text: string): DeviceState {
  try {
    return deviceState.parse(JSON.parse(text));
  } catch (cause) {
    throw new StateError('expected the state of a device as it was written, found something else', { cause });
  }
}

/** Formats a state as text, as {@link parseState} reads it. */
export function formatState(state: DeviceState): string {
  return `${JSON.stringify(state, null, 2)}\n`;
}

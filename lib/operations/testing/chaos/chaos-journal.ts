import { z } from 'zod';
import type { PublicJwk } from '@/lib/signing/jwk';

/** What the processes of a chaos run tell each other. */

const actor = z.object({
  role: z.enum(['member', 'customer_admin']),
  userId: z.string(),
  customerId: z.string(),
  label: z.string(),
});

/** What a client process is given to work with. */
export const startMessage = z.object({
  kind: z.literal('start'),
  url: z.string(),
  masterSecret: z.base64(),
  vendorId: z.string(),
  exchangeJwk: z.custom<PublicJwk>((value) => typeof value === 'object' && value !== null),
  actor,
  entitlements: z.array(z.object({ id: z.string(), codeId: z.string(), code: z.string() })),
  clients: z.int(),
  /** False: seats are only ever taken. */
  deactivates: z.boolean(),
  seed: z.int(),
});

export type Start = z.output<typeof startMessage>;

export const toClient = z.discriminatedUnion('kind', [
  startMessage,
  z.object({ kind: z.literal('go') }),
  /** Every client ends what it has begun, and then hands in every file once more. */
  z.object({ kind: z.literal('replay') }),
]);

export type ToClient = z.output<typeof toClient>;

/** A definite answer that a client was given. */
const answer = z.object({
  kind: z.literal('answer'),
  /** Names the file; a refresh has none. */
  file: z.string().nullable(),
  /** `done`, `repeated` or the code of a refusal. */
  code: z.string(),
  exchangeId: z.string().nullable(),
  /** The bytes of the answer; null for a seat that came free. */
  reply: z.string().nullable(),
  isReplay: z.boolean(),
});

export type JournalAnswer = z.output<typeof answer>;

export const fromClient = z.discriminatedUnion('kind', [
  answer,
  z.object({ kind: z.literal('ready') }),
  /** Something threw that is no lost connection. */
  z.object({ kind: z.literal('fault'), problem: z.string() }),
  /** What the clients believe: how many seats of each entitlement their devices hold, and how many they gave back. */
  z.object({ kind: z.literal('ended'), held: z.record(z.string(), z.int()), returned: z.int() }),
]);

export type FromClient = z.output<typeof fromClient>;

import { z } from 'zod';
import type { PublicJwk } from '@/lib/signing/jwk';

/** The messages between the processes of a chaos run. */

const actor = z.object({
  role: z.enum(['member', 'customer_admin']),
  userId: z.string(),
  customerId: z.string(),
  label: z.string(),
});

/** The input of a client process. */
export const startMessage = z.object({
  kind: z.literal('start'),
  url: z.string(),
  masterSecret: z.base64(),
  vendorId: z.string(),
  exchangeJwk: z.custom<PublicJwk>((value) => typeof value === 'object' && value !== null),
  actor,
  entitlements: z.array(z.object({ id: z.string(), codeId: z.string(), code: z.string() })),
  clients: z.int(),
  /** False when seats are taken only. */
  deactivates: z.boolean(),
  seed: z.int(),
});

export type Start = z.output<typeof startMessage>;

export const toClient = z.discriminatedUnion('kind', [
  startMessage,
  z.object({ kind: z.literal('go') }),
  /** Makes every client finish its act and then hand in every file once more. */
  z.object({ kind: z.literal('replay') }),
]);

export type ToClient = z.output<typeof toClient>;

/** A definite result that a client received. */
const answer = z.object({
  kind: z.literal('answer'),
  /** Identifies the file; null for a refresh. */
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
  /** An error other than a lost connection. */
  z.object({ kind: z.literal('fault'), problem: z.string() }),
  /** The clients' own count: how many seats of each entitlement their devices hold, and how many they returned. */
  z.object({ kind: z.literal('ended'), held: z.record(z.string(), z.int()), returned: z.int() }),
]);

export type FromClient = z.output<typeof fromClient>;

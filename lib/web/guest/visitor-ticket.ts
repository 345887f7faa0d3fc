import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { boundedText } from '@/lib/signing/bounded-text';

/** Names a browser that is not signed in, until an instant. */
export interface Visitor {
  readonly visitorId: string;
  readonly expiresAt: Date;
}

const parts = z.tuple([z.uuid(), boundedText(10).regex(/^\d{10}$/), boundedText(64).regex(/^[0-9a-f]{64}$/)]);

/** A ticket has 112 characters; a longer text fails the signature check. */
const LONGEST_TICKET = 200;

/** Derives the ticket key from the secret of the portal, separate from its other uses (HKDF, RFC 5869). */
export function deriveVisitorKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'airgate visitors', 32));
}

/** Writes a ticket: visitor id, end in Unix seconds, and their HMAC-SHA-256 in hex. Letters, digits, dashes and dots only. */
export function writeTicket({ visitorId, expiresAt }: Visitor, key: Uint8Array): string {
  const content = `${visitorId}.${Math.floor(expiresAt.getTime() / 1000)}`;
  return `${content}.${sign(content, key).toString('hex')}`;
}

/** Verifies a ticket and returns its visitor id; null when it is forged or has expired. */
export function readTicket(ticket: string, { key, now }: { key: Uint8Array; now: Date }): string | null {
  const read = parts.safeParse(ticket.slice(0, LONGEST_TICKET).split('.'));
  if (!read.success) return null;
  const [visitorId, seconds, signature] = read.data;
  if (!timingSafeEqual(Buffer.from(signature, 'hex'), sign(`${visitorId}.${seconds}`, key))) return null;
  return Number(seconds) * 1000 > now.getTime() ? visitorId : null;
}

function sign(content: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(content).digest();
}

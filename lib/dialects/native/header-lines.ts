import { reject } from '@/lib/licensing/refusals/rejection';
import { DialectError } from '../dialect';
import { squeeze } from './armour';
import type { ProofClaims, ReplyClaims, RequestClaims } from './claims';

/** What a file says to people in its first lines. */
interface Shown {
  readonly device: string;
  readonly product: string | null;
  readonly issuedAtSeconds: number;
}

function textOf(ext: Readonly<Record<string, unknown>> | undefined, member: string): string | null {
  const value = ext?.[member];
  return typeof value === 'string' ? value : null;
}

export function shownOfRequest(claims: RequestClaims): Shown {
  return { device: claims.device.name, product: claims.product, issuedAtSeconds: claims.iat };
}

/** A reply and a proof name the device by its key; the name people know is in `ext`, where the writer knows it. */
export function shownOfReply(claims: ReplyClaims): Shown {
  return { device: textOf(claims.ext, 'device') ?? claims.aud, product: claims.entitlement.product, issuedAtSeconds: claims.iat };
}

export function shownOfProof(claims: ProofClaims): Shown {
  return {
    device: textOf(claims.ext, 'device') ?? claims.iss,
    product: textOf(claims.ext, 'product'),
    issuedAtSeconds: claims.iat,
  };
}

/** An instant as header lines show it: whole seconds, UTC. */
function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** The header lines of a file, in their order. They follow from the signed claims and add nothing. */
export function renderHeaders({ device, product, issuedAtSeconds }: Shown): string[] {
  const lines = ['Format: 1', `Device: ${device}`];
  if (product !== null) lines.push(`Product: ${product}`);
  lines.push(`Created: ${instant(issuedAtSeconds)}`);
  return lines;
}

/**
 * Compares the header lines as found with what the signed claims render to; white space does not count. A bare token has none.
 *
 * @throws DialectError file-headers-differ, naming the first line that says something else
 */
export function checkHeaders(headerText: string | null, shown: Shown): void {
  if (headerText === null) return;
  const lines = renderHeaders(shown);
  if (headerText === lines.map(squeeze).join('')) return;
  const different = lines.find((line) => !headerText.includes(squeeze(line)));
  throw new DialectError(reject('file-headers-differ', { header: different?.split(':')[0] ?? 'Format' }));
}

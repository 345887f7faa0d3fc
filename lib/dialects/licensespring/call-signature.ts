import { hmac } from './sign-text';

/** The parameters of a call's Authorization header. */
export interface CallAuthorization {
  readonly algorithm: string;
  readonly headers: string;
  readonly signature: string;
  readonly apikey: string;
}

const MEMBER = /^\s*([a-z]{1,20})="([^"\\]{0,400})"\s*$/;
const NAMES = ['algorithm', 'headers', 'signature', 'apikey'] as const;

/**
 * Parses an Authorization header: `algorithm="hmac-sha256",headers="date",signature="…",apikey="…"`, in any order. Returns a problem for
 * a header in another form, with a member twice or with a missing one.
 */
export function readAuthorization(header: string): CallAuthorization | { readonly problem: string } {
  const members = new Map<string, string>();
  for (const part of header.split(',')) {
    const [, name, value] = MEMBER.exec(part) ?? [];
    if (name === undefined || value === undefined) return { problem: 'expected members such as apikey="…"' };
    if (members.has(name)) return { problem: `${name} twice` };
    members.set(name, value);
  }
  const missing = NAMES.find((name) => (members.get(name) ?? '') === '');
  if (missing !== undefined) return { problem: `${missing} missing` };
  const of = (name: (typeof NAMES)[number]) => members.get(name) ?? '';
  return { algorithm: of('algorithm'), headers: of('headers'), signature: of('signature'), apikey: of('apikey') };
}

/** Computes the signature of a call: over two lines, with the date exactly as it is sent. */
export function signCall(date: string, secret: string): Buffer {
  return hmac(secret, `licenseSpring\ndate: ${date}`);
}

import { createHmac } from 'node:crypto';

/** A file as data: text, or text too long to write out. */
export type VectorFile =
  | { readonly file: string }
  | {
      readonly file_generated: { readonly before: string; readonly text: string; readonly times: number; readonly after: string };
    };

/** How a file is submitted, without its bytes. */
export interface Coming {
  readonly file_name?: string;
  readonly kind_asked?: 'activation' | 'deactivation';
}

/** A file that opens, and what is in it. */
export type GoodVector = VectorFile &
  Coming & {
    readonly name: string;
    readonly kind: 'activation' | 'deactivation';
    readonly schema: 1 | 2;
    /** The parts of the request that the vector states. */
    readonly opens_as: object;
  };

/** A file that is refused, and how. */
export type BadVector = VectorFile & Coming & { readonly name: string; readonly code: string; readonly facts?: object };

/** The keys of the published vectors. They are public, so nothing may ever trust them. */
export interface VectorKeys {
  readonly warning: string;
  readonly vendor_id: string;
  readonly company_id: number;
  readonly api_key: string;
  readonly shared_key: string;
  readonly client_id: string;
  readonly client_secret: string;
  /** May be used for the product `other` only. */
  readonly api_key_of_other: string;
  readonly shared_key_of_other: string;
  readonly private_key_pem: string;
  readonly public_key_pem: string;
}

export type Members = Readonly<Record<string, unknown>>;

/** Base64 of HMAC-SHA-256: written out here once more, so that the vectors do not depend on what they test. */
export function hmac(secret: string, text: string, encoding: 'base64' | 'hex' = 'base64'): string {
  return createHmac('sha256', Buffer.from(secret, 'utf8')).update(Buffer.from(text, 'utf8')).digest(encoding);
}

/** The signature of version 1 over members as they stand. */
export function signLines(members: Members, secret: string): string {
  const identity = members.license_key ?? members.username;
  const client = members.api_key ?? members.client_id;
  return hmac(secret, `licenseSpring\ndate: ${members.date}\n${identity}\n${members.hardware_id}\n${client}`);
}

export function encode(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** A file of version 1. */
export function fileOfV1(members: Members, secret: string): string {
  return encode(JSON.stringify({ ...members, signature: signLines(members, secret) }));
}

/** How a file of version 2 is put together. */
interface FormOfV2 {
  readonly outer: 'hex' | 'base64';
  readonly isSignedInside: boolean;
  /** How the inner object is written; what is signed is its compact form or, with `isAsWritten`, the text itself. */
  readonly write?: (members: Members) => string;
  readonly isAsWritten?: boolean;
}

/** A file of version 2. */
export function fileOfV2(members: Members, secret: string, form: FormOfV2): string {
  const inner = form.isSignedInside ? { ...members, signature: signLines(members, secret) } : members;
  const compact = JSON.stringify(inner);
  const written = form.write?.(inner) ?? compact;
  const signature = hmac(secret, form.isAsWritten === true ? written : compact, form.outer);
  return encode(`{"request":${written},"signature":${JSON.stringify(signature)}}`);
}

/** The bytes a vector stands for. */
export function bytesOf(vector: VectorFile): Uint8Array {
  if ('file' in vector) return new TextEncoder().encode(vector.file);
  const { before, text, times, after } = vector.file_generated;
  return new TextEncoder().encode(before + text.repeat(times) + after);
}

/** A file that the portal hands out. */
export interface ReplyVector {
  readonly name: string;
  readonly rule: 'activation' | 'refresh' | 'bundle';
  readonly file_name: string;
  readonly file: string;
}

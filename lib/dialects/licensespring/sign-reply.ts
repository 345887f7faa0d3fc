import type { KeyObject } from 'node:crypto';
import { sign } from 'node:crypto';

/** The end of all signatures that were asked for so far. */
let lastSigned: Promise<unknown> = Promise.resolve();

function signOnPool(privateKey: KeyObject, text: string): Promise<string> {
  // With a callback, so on the thread pool: a signature takes milliseconds, in which the process answers others.
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(text), privateKey, (error, signature) => {
      if (error === null) resolve(signature.toString('base64'));
      else reject(error);
    });
  });
}

/**
 * RSA with SHA-256 and the padding of PKCS #1 v1.5 (RFC 8017 section 8.2) over the UTF-8 of a text, as base64. One after the other: a burst
 * of them takes one processor, and leaves the others to whoever does not wait for a signature.
 */
function signText(privateKey: KeyObject, text: string): Promise<string> {
  const signed = lastSigned.then(() => signOnPool(privateKey, text));
  lastSigned = signed.catch(() => undefined);
  return signed;
}

/** What `license_signature` covers: who may use which device until when, in lower case. */
export function licenceText(input: {
  readonly hardwareId: string;
  /** The licence key, or the e-mail address of the user name. */
  readonly identity: string;
  /** Null: without end. */
  readonly validity: string | null;
}): string {
  return `${input.hardwareId}#${input.identity}#${input.validity ?? ''}`.toLowerCase();
}

/** An answer as it is written, but for its two RSA signatures. */
export type Unsigned = Readonly<Record<string, unknown>>;

/**
 * Signs an answer. The second signature covers, in an activation, everything but both; in a refresh everything but itself. So no answer of
 * the one kind passes for one of the other (docs/formats/licensespring.md, signatures).
 */
export async function signReply(input: {
  readonly kind: 'activation-response' | 'refresh';
  readonly reply: Unsigned;
  readonly licenceText: string;
  readonly privateKey: KeyObject;
}): Promise<Unsigned> {
  const { kind, reply, privateKey } = input;
  if (kind === 'activation-response') {
    const [first, second] = await Promise.all([
      signText(privateKey, input.licenceText),
      signText(privateKey, JSON.stringify(reply)),
    ]);
    return { ...reply, license_signature: first, license_signature_v2: second };
  }
  const signedOnce = { ...reply, license_signature: await signText(privateKey, input.licenceText) };
  return { ...signedOnce, license_signature_v2: await signText(privateKey, JSON.stringify(signedOnce)) };
}

/** Signs the answers of a bundle as one. */
export async function signBundle(licenses: readonly Unsigned[], privateKey: KeyObject): Promise<Unsigned> {
  const bundle = { licenses };
  return { ...bundle, bundle_signature_v2: await signText(privateKey, JSON.stringify(bundle)) };
}

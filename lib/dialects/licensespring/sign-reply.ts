import type { KeyObject } from 'node:crypto';
import { signInBackground } from '@/lib/signing/background-signer';
import type { Signing } from '@/lib/signing/signing-turns';
import { inSigningTurn } from '@/lib/signing/signing-turns';

async function signText(privateKey: KeyObject, text: string): Promise<string> {
  return (await signInBackground(privateKey, text)).toString('base64');
}

/** Formats the text under `license_signature`: who may use which device until when, in lower case. */
export function licenceText(input: {
  readonly hardwareId: string;
  /** The licence key, or the e-mail address of the user name. */
  readonly identity: string;
  /** Null: without end. */
  readonly validity: string | null;
}): string {
  return `${input.hardwareId}#${input.identity}#${input.validity ?? ''}`.toLowerCase();
}

/** An answer without its two RSA signatures. */
export type Unsigned = Readonly<Record<string, unknown>>;

/**
 * Signs an answer. In an activation the second signature covers everything but both signatures, in a refresh everything but itself, so that
 * no answer of one kind passes for one of the other (docs/formats/licensespring.md, signatures).
 */
export function signReply(input: {
  readonly kind: 'activation-response' | 'refresh';
  readonly reply: Unsigned;
  readonly licenceText: string;
  readonly privateKey: KeyObject;
  readonly signing: Signing;
}): Promise<Unsigned> {
  const { kind, reply, privateKey, signing } = input;
  return inSigningTurn(signing, async () => {
    const signedOnce = { ...reply, license_signature: await signText(privateKey, input.licenceText) };
    const covered = kind === 'activation-response' ? reply : signedOnce;
    return { ...signedOnce, license_signature_v2: await signText(privateKey, JSON.stringify(covered)) };
  });
}

/** Signs the answers of a bundle as one. */
export function signBundle(
  licenses: readonly Unsigned[],
  { privateKey, signing }: { readonly privateKey: KeyObject; readonly signing: Signing },
): Promise<Unsigned> {
  const bundle = { licenses };
  return inSigningTurn(signing, async () => ({
    ...bundle,
    bundle_signature_v2: await signText(privateKey, JSON.stringify(bundle)),
  }));
}

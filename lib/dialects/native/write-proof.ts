import { encryptTo } from '@/lib/signing/jwe';
import { signClaims, signerOf } from '@/lib/signing/jws';
import type { KeyPair } from '@/lib/signing/key-pair';
import { renderHeaders, shownOfProof, writeArmour } from './armour';
import { fileNameFor } from './file-name';
import { KINDS } from './kind';
import { toNfc } from './to-nfc';
import { proofClaims } from './token-claims';
import type { WritesTo, WrittenFile } from './write-request';

/** The content of a deactivation proof. */
export interface ProofContent {
  readonly requestId: string;
  readonly issuedAt: Date;
  readonly activationId: string;
  /** The last lease the device applied. */
  readonly leaseSequence: number;
  /** Counted features used since activation; empty when nothing is counted. */
  readonly usage: Readonly<Record<string, number>>;
  readonly reason: string | null;
  /** For the people who carry the file. */
  readonly deviceName: string;
  readonly productCode: string;
}

/**
 * Writes a deactivation proof, signed with the key that made the activation, encrypted to the portal. It does not expire: it is valid
 * until it is used.
 *
 * @throws ZodError when the content does not fit the format
 */
export function writeDeactivationProof(input: { to: WritesTo; signing: KeyPair; content: ProofContent }): WrittenFile {
  const { to, signing, content } = input;
  const claims = proofClaims.parse(
    toNfc({
      v: 1,
      iss: signing.kid,
      aud: to.vendorId,
      iat: Math.floor(content.issuedAt.getTime() / 1000),
      jti: content.requestId,
      sub: content.activationId,
      lease_sequence: content.leaseSequence,
      ...(Object.keys(content.usage).length === 0 ? {} : { usage: content.usage }),
      ...(content.reason === null ? {} : { reason: content.reason }),
      ext: { device: content.deviceName, product: content.productCode },
    }),
  );
  const jws = signClaims({ claims, header: { typ: KINDS.deactivation.typ }, signer: signerOf(signing.privateJwk) });
  const token = encryptTo(jws, to.exchangeJwk);
  const text = writeArmour({ kind: 'deactivation', headers: renderHeaders(shownOfProof(claims)), token });
  return { fileName: fileNameFor(content.deviceName, 'deactivation'), text, token, requestId: claims.jti };
}

import type { KeygenIssuer } from './issuer';
import type { LicenceValues } from './licence-values';
import { toInstant } from './licence-values';
import { encodePadded } from './padded-base64url';
import { signBytes } from './sign-bytes';

/** The input of an activation proof. */
export interface ProofToMake {
  readonly issuer: KeygenIssuer;
  readonly licence: LicenceValues & { readonly key: string };
  readonly machine: { readonly id: string; readonly fingerprint: string; readonly createdAt: Date };
  readonly now: Date;
  /** A text of the vendor's; null for the default one. */
  readonly dataset: string | null;
}

/** Makes an activation proof (docs/formats/keygen.md, proofs). It is signed by RSA for licences of every scheme. */
export async function makeProof(proof: ProofToMake): Promise<string> {
  const signed = `proof/${encodePadded(proof.dataset ?? JSON.stringify(defaultDataset(proof)))}`;
  return `${signed}.${encodePadded(await signBytes({ algorithm: 'rsa-sha256', issuer: proof.issuer, data: signed }))}`;
}

function defaultDataset({ issuer, licence, machine, now }: ProofToMake): object {
  return {
    account: { id: issuer.account },
    product: { id: licence.productId },
    policy: { id: licence.policyId, duration: licence.durationSeconds },
    license: { id: licence.id, key: licence.key, expiry: toInstant(licence.expiresAt) },
    machine: { id: machine.id, fingerprint: machine.fingerprint, created: toInstant(machine.createdAt) },
    ts: `${now.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
  };
}

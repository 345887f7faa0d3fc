import { reject } from '@/lib/licensing/refusals/rejection';
import { DialectError } from '../dialect';
import type { Versioned } from './read-version';
import type { RequestFields } from './request-fields';
import { identityOf } from './request-fields';
import { isSignedBy, signedText } from './sign-text';

/** Formats the five lines under the signature of version 1, or the inner signature of version 2. */
function linesOf(fields: RequestFields): string {
  const { client, identity } = identityOf(fields);
  return signedText({ date: fields.date.text, identity: identity.text, hardwareId: fields.hardware_id, clientId: client.id });
}

/** Verifies the signature. Version 2 signs the object as written in the file; some applications sign its compact form and write another. */
function isSigned(versioned: Versioned, fields: RequestFields, secret: string): boolean {
  if (versioned.schema === 1) return isSignedBy(secret, linesOf(fields), versioned.signature);
  return (
    isSignedBy(secret, versioned.text, versioned.signature) ||
    isSignedBy(secret, JSON.stringify(versioned.members), versioned.signature)
  );
}

/** @throws DialectError token-not-authentic */
export function verifySignature(versioned: Versioned, fields: RequestFields, secret: string): void {
  if (!isSigned(versioned, fields, secret)) throw new DialectError(reject('token-not-authentic'));
}

/** @throws DialectError file-inner-signature-differs */
export function verifyInnerSignature(versioned: Versioned, fields: RequestFields, secret: string): void {
  if (versioned.schema === 1 || versioned.innerSignature === null) return;
  if (!isSignedBy(secret, linesOf(fields), versioned.innerSignature))
    throw new DialectError(reject('file-inner-signature-differs'));
}

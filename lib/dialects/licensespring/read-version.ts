import { reject } from '@/lib/licensing/refusals/rejection';
import { DialectError } from '../dialect';
import type { JsonObject, ReadJson } from './read-json';
import { isJsonObject, textOfMember } from './read-json';
import { readHexSignature, readSignature } from './sign-text';

/** A request by its version: its members and its signatures. */
export type Versioned =
  | { readonly schema: 1; readonly members: JsonObject; readonly signature: Uint8Array }
  | {
      readonly schema: 2;
      readonly members: JsonObject;
      /** Over the whole inner object. */
      readonly signature: Uint8Array;
      /** Over the five lines, as in version 1. Null where the outer one is base64 and stands alone. */
      readonly innerSignature: Uint8Array | null;
      /** The inner object as written in the file. */
      readonly text: string;
    };

function take(signature: unknown, read: (text: string) => Uint8Array | null): Uint8Array {
  if (signature === undefined || signature === null || signature === '')
    throw new DialectError(reject('file-field-missing', { field: 'signature' }));
  const bytes = typeof signature === 'string' ? read(signature) : null;
  if (bytes === null) throw new DialectError(reject('file-field-refused', { field: 'signature' }));
  return bytes;
}

function checkSchema(members: JsonObject, schema: 1 | 2): void {
  const found = members.schema_version ?? (schema === 1 ? 1 : null);
  if (found === null) throw new DialectError(reject('file-field-missing', { field: 'schema_version' }));
  if (typeof found !== 'number') throw new DialectError(reject('file-field-refused', { field: 'schema_version' }));
  if (found !== 1 && found !== 2) throw new DialectError(reject('format-version-unknown', { found: String(found).slice(0, 20) }));
  if (found !== schema) throw new DialectError(reject('file-field-refused', { field: 'schema_version' }));
}

/**
 * Detects the version: version 1 has its signature among its members, version 2 around them. Nothing is verified yet.
 *
 * @throws DialectError file-field-missing, file-field-refused (signature, schema_version, request), format-version-unknown
 */
export function readVersion({ text, object }: ReadJson): Versioned {
  const inner = object.request;
  if (!isJsonObject(inner)) {
    checkSchema(object, 1);
    return { schema: 1, members: object, signature: take(object.signature, readSignature) };
  }
  checkSchema(inner, 2);
  const { signature } = object;
  const isHex = typeof signature === 'string' && signature.length === 64;
  const innerSignature = isHex || !isEmpty(inner.signature) ? take(inner.signature, readSignature) : null;
  return {
    schema: 2,
    members: inner,
    signature: take(signature, isHex ? readHexSignature : readSignature),
    innerSignature,
    text: textOfMember(text, 'request'),
  };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

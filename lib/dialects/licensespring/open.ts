import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Observe, UploadedFile } from '../dialect';
import { DialectError } from '../dialect';
import { readText } from '../read-text';
import type { LicenseSpringCheck } from './checks';
import { detectKind } from './detect-kind';
import type { LicenseSpringKeys } from './issuer';
import { maskMembers } from './mask-members';
import { readBase64 } from './read-base64';
import { readJson } from './read-json';
import type { Versioned } from './read-version';
import { readVersion } from './read-version';
import { identityOf, readFields } from './request-fields';
import { toRequest } from './to-request';
import { verifyInnerSignature, verifySignature } from './verify-request';

/**
 * Opens a request of an application: runs the checks of docs/formats/licensespring.md, cheap ones first.
 *
 * @throws DialectError
 */
export async function openRequest(
  file: UploadedFile,
  keys: LicenseSpringKeys,
  observe: Observe = () => undefined,
): Promise<DeviceRequest> {
  const passed = (check: LicenseSpringCheck, learnt?: Readonly<Record<string, unknown>>) => observe(check, learnt);

  // It is base64 of strict JSON.
  const bytes = readBase64(readText(file));
  passed('base64');
  const json = readJson(bytes);
  passed('json', maskMembers(json.object));

  // It is not an answer of the portal.
  if (isAnswer(json.object)) throw new DialectError(reject('file-is-an-answer'));
  passed('direction');

  // It has all required fields.
  const versioned = readVersion(json);
  passed('version');
  const fields = readFields(versioned.members);
  passed('fields');

  // It was signed with the secret of a client that is in use.
  const named = identityOf(fields).client;
  const client = await keys.licenseSpring.client(named.kind, named.id);
  if (client === undefined) throw new DialectError(reject('file-client-unknown'));
  passed('client', { kind: client.kind, id: client.id });
  verifySignature(versioned, fields, client.secret);
  passed('signature');
  verifyInnerSignature(versioned, fields, client.secret);
  passed('inner-signature');

  // Its product accepts this version.
  const { product } = fields;
  const wanted = await keys.licenseSpring.minimumSchema(product);
  if (versioned.schema < wanted)
    throw new DialectError(reject('file-schema-too-old', { product, wanted, found: versioned.schema }));
  passed('schema');

  // Its kind is certain.
  const kind = detectKind(file, { said: fields.request, schema: versioned.schema });
  passed('kind', { kind });
  const isUser = fields.license_key === null;
  if (kind === 'activation' && isUser && fields.password === null)
    throw new DialectError(reject('file-identity-missing', { field: 'password' }));
  passed('password');

  // Its client may be used for the product.
  if (client.products !== null && !client.products.includes(product))
    throw new DialectError(reject('file-client-not-for-product', { product }));
  passed('product');

  const content = contentOf(versioned);
  return toRequest({ kind, fields, schema: versioned.schema, content, keys });
}

function isAnswer(object: Readonly<Record<string, unknown>>): boolean {
  return 'license_signature_v2' in object || 'license_signature' in object || 'bundle_signature_v2' in object;
}

/**
 * Formats the content that identifies a request, in any envelope and white space. Version 1 does not sign the kind, so the kind is left out: the
 * file of an activation with its kind changed is the same request, not a further deactivation.
 */
function contentOf({ schema, members }: Versioned): string {
  const { request: _, ...signed } = members;
  return JSON.stringify(schema === 1 ? signed : members);
}

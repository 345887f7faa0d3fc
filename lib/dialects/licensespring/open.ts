import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Observe, UploadedFile } from '../dialect';
import { DialectError } from '../dialect';
import { readText } from '../read-text';
import type { LicenseSpringCheck } from './checks';
import type { LicenseSpringKeys } from './issuer';
import { readBase64 } from './read-base64';
import { readJson } from './read-json';
import type { Versioned } from './read-version';
import { readVersion } from './read-version';
import type { RequestFields } from './request-fields';
import { identityOf, readFields } from './request-fields';
import { maskMembers } from './show-text';
import { isSignedBy, signedText } from './sign-text';
import { toRequest } from './to-request';

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
function verifySignature(versioned: Versioned, fields: RequestFields, secret: string): void {
  if (!isSigned(versioned, fields, secret)) throw new DialectError(reject('token-not-authentic'));
}

/** @throws DialectError file-inner-signature-differs */
function verifyInnerSignature(versioned: Versioned, fields: RequestFields, secret: string): void {
  if (versioned.schema === 1 || versioned.innerSignature === null) return;
  if (!isSignedBy(secret, linesOf(fields), versioned.innerSignature))
    throw new DialectError(reject('file-inner-signature-differs'));
}

type Kind = DeviceRequest['kind'];

/** File names as applications write them, and as browsers and mail programs change them for a second file. */
const NAMES = /^(?:ls_)?(activation|deactivation|activate_offline|deactivate_offline)(?:[ _-]?\(?\d{1,3}\)?)?\.req(?:\.txt)?$/i;

function kindOfName(name: string | null): Kind | null {
  const [, stem] = NAMES.exec(name?.trim() ?? '') ?? [];
  if (stem === undefined) return null;
  return stem.toLowerCase().startsWith('de') ? 'deactivation' : 'activation';
}

/**
 * Detects the kind of a request: stated in the file, else by its name, else by the submitter. Never a guess, since a wrong kind takes or frees a
 * seat. Version 2 has to state it under its signature, because anybody can change a name. A call states it by its address.
 *
 * @throws DialectError file-kind-unsigned, file-kind-unclear, file-kind-differs when the submitter states another kind than file or name
 */
function detectKind(
  file: Pick<UploadedFile, 'name' | 'kindAsked' | 'calledFor'>,
  { said, schema }: { said: Kind | null; schema: 1 | 2 },
): Kind {
  if (schema === 2 && said === null && file.calledFor === undefined) throw new DialectError(reject('file-kind-unsigned'));
  const found = said ?? kindOfName(file.name);
  const asked = file.calledFor ?? file.kindAsked ?? null;
  const kind = found ?? asked;
  if (kind === null) throw new DialectError(reject('file-kind-unclear'));
  if (asked !== null && asked !== kind) throw new DialectError(reject('file-kind-differs', { found: kind, asked }));
  return kind;
}

import { createHmac } from 'node:crypto';
import { answerOf } from './make-customer';
import type { CommandResult } from './run-command';

type Operator = (...parameters: string[]) => Promise<CommandResult>;

/** What an application is built with, and the licence that was bought for it. */
export interface BuiltApplication {
  readonly url: string;
  readonly apiKey: string;
  readonly sharedKey: string;
  readonly publicPem: string;
  readonly product: string;
  readonly licenceKey: string;
  readonly entitlementId: string;
}

interface Sale {
  readonly url: string;
  readonly product: string;
  readonly activations: number;
  readonly type?: 'perpetual' | 'time-limited';
  /** Further options of `licensespring licence create`. */
  readonly more?: readonly string[];
}

/** Sells a licence, and reads what applications are built with. */
export async function buildApplication(
  operator: Operator,
  { url, product, activations, type = 'perpetual', more = [] }: Sale,
): Promise<BuiltApplication> {
  // Another test may have made the keys.
  await operator('licensespring', 'issuer', 'create', '--json');
  const issuer = await answerOf(await operator('licensespring', 'issuer', 'show', '--json'));
  const order = ['--product', product, '--type', type, '--max-activations', String(activations), ...more];
  const sold = await answerOf(await operator('licensespring', 'licence', 'create', ...order, '--json'));
  return {
    url,
    apiKey: String(issuer.api_key),
    sharedKey: String(issuer.shared_key),
    publicPem: String(issuer.public_key_pem),
    product,
    licenceKey: String(sold.license_key),
    entitlementId: String(sold.entitlement_id),
  };
}

function hmac(key: string, lines: readonly string[]): string {
  return createHmac('sha256', key).update(lines.join('\n')).digest('base64');
}

export type Members = Readonly<Record<string, unknown>>;

let writtenAt = Math.floor(Date.now() / 1000) * 1000 - 600_000;

/**
 * The content of a request file, written a second later than the one before, in the second version unless `schema_version` is undefined. A
 * `signature` among the changes stands in for the right one.
 */
export function requestOf({ apiKey, sharedKey, product, licenceKey }: BuiltApplication, changes: Members): string {
  writtenAt += 1000;
  const members: Record<string, unknown> = {
    request: 'activation',
    schema_version: 2,
    product,
    api_key: apiKey,
    license_key: licenceKey,
    hardware_id: 'press-a',
    date: new Date(writtenAt).toUTCString(),
    ...changes,
  };
  const lines = [
    'licenseSpring',
    `date: ${members.date}`,
    ...['license_key', 'hardware_id', 'api_key'].map((name) => String(members[name])),
  ];
  const request = { signature: hmac(sharedKey, lines), ...members };
  const content =
    members.schema_version === undefined ? request : { request, signature: hmac(sharedKey, [JSON.stringify(request)]) };
  return Buffer.from(JSON.stringify(content)).toString('base64');
}

/** The headers of a call that is signed now. */
export function signedHeaders({ apiKey, sharedKey }: BuiltApplication, date = new Date().toUTCString()): Record<string, string> {
  const signature = hmac(sharedKey, ['licenseSpring', `date: ${date}`]);
  return {
    Date: date,
    Authorization: `algorithm="hmac-sha256",headers="date",signature="${signature}",apikey="${apiKey}"`,
    'Content-Type': 'text/plain',
  };
}

/** What a call came to. */
export interface Called {
  readonly status: number;
  readonly text: string;
  /** Of an error: its code. */
  readonly code: string | null;
}

type Act = 'activate_offline' | 'activate_bundle_offline' | 'deactivate_offline';

/** Calls the portal as the application does. */
export async function call(
  application: BuiltApplication,
  act: Act,
  { body, headers = signedHeaders(application) }: { body: BodyInit | null; headers?: Record<string, string> },
): Promise<Called> {
  const response = await fetch(`${application.url}/api/v4/${act}`, { method: 'POST', headers, body });
  const text = await response.text();
  if (response.ok) return { status: response.status, text, code: null };
  const error: { status: number; code: string; message: string } = JSON.parse(text);
  if (error.status !== response.status || error.message === '')
    throw new Error(`expected an error of ${response.status}, found ${text}`);
  return { status: response.status, text, code: error.code };
}

/** The members of an answer. */
export function contentOf({ text }: Pick<Called, 'text'>): Record<string, unknown> {
  return JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
}

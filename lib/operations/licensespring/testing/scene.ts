import { createHmac, randomUUID } from 'node:crypto';
import type { Actor } from '../../actor';
import type { OperationContext } from '../../context';
import type { Result } from '../../operation';
import { perform } from '../../operation';
import { done } from '../../testing/scenes/operator-scene';
import { OPERATOR } from '../../testing/test-customer';
import type { TestPortal } from '../../testing/test-portal';
import { makeTestPortal } from '../../testing/test-portal';
import type { CallAnswer } from '../activate';
import { activate, deactivate } from '../activate';
import { createIssuer } from '../create-issuer';
import type { LicenceMade } from '../licences/create-licence';
import { createLicence } from '../licences/create-licence';
import { setProduct } from '../set-product';
import type { IssuerShown } from '../show-issuer';
import { showIssuer } from '../show-issuer';

/** A portal with an issuer, shared by the tests of one file because its RSA keys take seconds to make. */
export interface LicenseSpringScene {
  readonly portal: TestPortal;
  readonly issuer: IssuerShown;
  readonly operator: OperationContext;
  readonly application: OperationContext;
}

const APPLICATION: Actor = { role: 'application', label: 'LicenseSpring API', client: '192.0.2.7' };

export async function makeScene(options: { connections?: number } = {}): Promise<LicenseSpringScene> {
  const portal = await makeTestPortal(options);
  const operator = portal.contextFor(OPERATOR);
  await done(createIssuer, {}, operator);
  const issuer = await done(showIssuer, {}, operator);
  return { portal, issuer, operator, application: portal.contextFor(APPLICATION) };
}

/** Sells a licence of `press-control`: perpetual, for two devices, unless `order` says otherwise. */
export function sell({ operator }: LicenseSpringScene, order: Readonly<Record<string, unknown>> = {}): Promise<LicenceMade> {
  return done(createLicence, { product: 'press-control', type: 'perpetual', maxActivations: 2, ...order }, operator);
}

/** Members of a request, as an application writes them. */
export type Members = Readonly<Record<string, unknown>>;

let writtenAt = Math.floor(Date.now() / 1000) * 1000;

/** The next date of a request: one second later than the previous one. */
export function nextDate(): string {
  writtenAt += 1000;
  return new Date(writtenAt).toUTCString();
}

/** The members of a request for a licence, before they are signed. `undefined` leaves one out. */
export function membersOf(scene: LicenseSpringScene, licence: LicenceMade, changes: Members = {}): Record<string, unknown> {
  const named = licence.user ?? { license_key: licence.licenceKey };
  const members = {
    hardware_id: 'press-1',
    product: licence.product,
    date: nextDate(),
    api_key: scene.issuer.apiKey,
    ...named,
    request: 'activation',
    request_id: randomUUID(),
    schema_version: 2,
    hostname: 'press-1.local',
    ...changes,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/**
 * Signs a request and encodes it as a file, in version 1 unless its members say version 2. Independent of the dialect's own code, so that
 * tests compare two implementations of the format.
 */
export function fileOf(members: Members, secret: string): string {
  const lines = [
    'licenseSpring',
    `date: ${String(members.date)}`,
    members.license_key ?? members.username,
    members.hardware_id,
    members.api_key ?? members.client_id,
  ];
  const signature = createHmac('sha256', secret).update(lines.join('\n')).digest('base64');
  const request = { ...members, signature };
  if (members.schema_version !== 2) return encode(request);
  return encode({ request, signature: createHmac('sha256', secret).update(JSON.stringify(request)).digest('hex') });
}

/** Encodes the content of a file: JSON as base64. */
export function encode(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString('base64');
}

/** Makes a product accept requests of version 1, which leaves members unsigned. */
export async function takeVersion1({ operator }: LicenseSpringScene, { product }: Pick<LicenceMade, 'product'>): Promise<void> {
  await done(setProduct, { code: product, minimumSchema: 1 }, operator);
}

/** A signed request for a licence. */
export function requestFor(scene: LicenseSpringScene, licence: LicenceMade, changes: Members = {}): string {
  return fileOf(membersOf(scene, licence, changes), scene.issuer.sharedKey);
}

export function bytesOf(file: string): Uint8Array {
  return new TextEncoder().encode(file);
}

/** Decodes the content of an answer. */
export function contentOf(text: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
}

/** Activates a licence on a device as an application does. */
export function activateOn(scene: LicenseSpringScene, licence: LicenceMade, changes: Members = {}): Promise<Result<CallAnswer>> {
  return perform(activate, { bytes: bytesOf(requestFor(scene, licence, changes)) }, scene.application);
}

/** Deactivates a device as an application does. */
export function deactivateOn(scene: LicenseSpringScene, licence: LicenceMade, changes: Members = {}) {
  const request = requestFor(scene, licence, { password: undefined, request: 'deactivation', ...changes });
  return perform(deactivate, { bytes: bytesOf(request) }, scene.application);
}

/** The content of an answer, or the code of a refusal. */
export function contentOrCode(result: Result<CallAnswer>): Record<string, unknown> {
  return result.ok ? contentOf(result.value.text) : { code: result.rejection.code };
}

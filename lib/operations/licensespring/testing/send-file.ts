import { commitFile } from '../../exchange/commit-file';
import { submitFile } from '../../exchange/submit-file';
import { perform } from '../../operation';
import { standingOf } from '../../testing/exchange';
import { done } from '../../testing/scenes/operator-scene';
import { activate, deactivate } from '../activate';
import type { LicenceMade } from '../licences/create-licence';
import type { LicenseSpringScene, Members } from './scene';
import { bytesOf, encode, sell, takeVersion1 } from './scene';

type Kind = 'activation' | 'deactivation';

let products = 0;

/** Sells a licence for one device, of a product of its own that accepts requests of version 1. */
export async function sellVersion1(scene: LicenseSpringScene): Promise<LicenceMade> {
  products += 1;
  const licence = await sell(scene, { product: `of-old-${products}`, maxActivations: 1 });
  await takeVersion1(scene, licence);
  return licence;
}

/** Changes that write a request in version 1. */
export const IN_VERSION_1 = { schema_version: undefined };

/** Changes members of a file of version 1 and keeps its signature. */
export function tamper(file: string, changes: Members): string {
  return encode({ ...JSON.parse(Buffer.from(file, 'base64').toString()), ...changes });
}

/** Sends a file as an application does. @returns `ok`, or the code of the refusal */
export async function call(scene: LicenseSpringScene, kind: Kind, file: string): Promise<string> {
  const input = { bytes: bytesOf(file) };
  const { application } = scene;
  const result = await (kind === 'activation' ? perform(activate, input, application) : perform(deactivate, input, application));
  return result.ok ? 'ok' : result.rejection.code;
}

/** Submits and commits a file as a person does on the pages or the command line. */
export async function handIn(
  { operator }: LicenseSpringScene,
  file: string,
  { name = 'from-the-press.req', kindAsked = null }: { name?: string; kindAsked?: Kind | null } = {},
): Promise<{ code: string; submissionId: string }> {
  const { submissionId } = await done(submitFile, { fileName: name, bytes: bytesOf(file), kindAsked }, operator);
  const answered = await perform(commitFile, { submissionId }, operator);
  return { code: answered.ok ? 'ok' : answered.rejection.code, submissionId };
}

/** How many seats of a licence are held. */
export async function heldOf({ portal }: LicenseSpringScene, { entitlementId }: LicenceMade): Promise<number> {
  return (await standingOf(portal, entitlementId)).held;
}

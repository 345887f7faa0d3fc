import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import type { Committed } from '../exchange/commit-file';
import { commitOpened } from '../exchange/commit-file';
import type { OpenedFile } from '../exchange/open-file';
import { openFile } from '../exchange/open-file';
import { makeSharedRefresh } from '../leases/issue-refresh';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import type { FileOptions } from './file-terms';
import { askedJson, fileOptionsInput, machineTerms } from './file-terms';
import { policyOf } from './keygen-policy';
import { openLicence } from './open-licence';

/** Makes a new machine file for a machine that has a seat: a new expiry and the requested options, on the same seat. */
export const checkOutMachine = defineOperation({
  name: 'keygen.check-out',
  kind: 'command',
  permission: 'keygen:issue',
  input: z.object({ activationId: z.uuid(), asked: fileOptionsInput.default({}) }),
  countsItself: true,
  async run({ activationId, asked }, context): Promise<Result<Committed>> {
    const only = { dialect: 'keygen' as const, otherwise: reject('keygen-not-a-machine') };
    const outcome = await makeSharedRefresh(context, { activationId, options: askedJson(asked), only });
    return 'code' in outcome ? refuse(outcome) : done(outcome);
  },
});

/**
 * Activates a machine by its fingerprint, as if its device text had been handed in, and makes its first machine file with the requested
 * options. A machine that has a seat already gets a new file.
 */
export const activateMachine = defineOperation({
  name: 'keygen.activate',
  kind: 'command',
  permission: 'keygen-key:make',
  input: z.object({ entitlementId: z.uuid(), fingerprint: z.string().max(5000), asked: fileOptionsInput.default({}) }),
  async run({ entitlementId, fingerprint, asked }, context): Promise<Result<Committed>> {
    const licence = await openLicence(context, entitlementId);
    if (!licence.ok) return licence;
    const terms = machineTerms(asked, policyOf(licence.value.state));
    if (!terms.ok) return terms;
    const opened = await openAsked(context, { key: licence.value.key, fingerprint, asked });
    if (!opened.ok) return opened;
    return commitOpened(context, { opened: opened.value, keys: licence.value.keys, file: {} });
  },
});

async function openAsked(
  context: ActingContext,
  { key, fingerprint, asked }: { key: string; fingerprint: string; asked: FileOptions },
): Promise<Result<OpenedFile>> {
  const text = Buffer.from(JSON.stringify({ key, fingerprint })).toString('base64');
  const file = { name: null, bytes: new TextEncoder().encode(text), id: randomUUID() };
  const read = await openFile(context, { file, keys: await context.keyring.current() });
  if (!read.ok) return refuse(read.rejection);
  const { opened } = read;
  return done({ ...opened, request: withAsked(opened.request, asked) });
}

function withAsked(request: DeviceRequest, asked: FileOptions): DeviceRequest {
  const { details } = request;
  const members = typeof details === 'object' && details !== null && !Array.isArray(details) ? details : {};
  return { ...request, details: { ...members, asked: askedJson(asked) } };
}

import { z } from 'zod';
import { readActivation } from '@/db/exchange/read-activation';
import { findMachine } from '@/db/keygen/keygen-machines';
import { DialectError } from '@/lib/dialects/dialect';
import { fillTemplate } from '@/lib/dialects/keygen/licence-values';
import { makeProof } from '@/lib/dialects/keygen/make-proof';
import { fingerprintDigest } from '@/lib/dialects/keygen/open';
import { openReplyTo } from '@/lib/dialects/keygen/seal';
import { reject } from '@/lib/licensing/refusals/rejection';
import { activationStateAt, refuseEnded } from '@/lib/licensing/seats/activation';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import type { Document } from './commit-document';
import { commitDocument } from './commit-document';
import { policyOf } from './keygen-policy';
import { keygenKeys } from './keys';
import { licenceValuesOf } from './licence-values';
import { openLicence, refuseFile } from './open-licence';

/**
 * Makes an activation proof for a machine that holds a seat, where the policy of its offering allows it. A proof never expires, even after
 * the seat is released.
 */
export const issueProof = defineOperation({
  name: 'keygen.issue-proof',
  kind: 'command',
  permission: 'keygen:issue',
  input: z.object({ activationId: z.uuid() }),
  run: ({ activationId }, context) => commitDocument(context, () => make(context, activationId)),
});

async function make(context: ActingContext, activationId: string): Promise<Result<Document>> {
  const wanted = { scope: scopeOf(context.actor), activationId, now: context.now };
  const { found, now } = await readActivation(context.db, wanted);
  if (found === null) return refuse(reject('not-found'));
  const { activation, device, entitlement } = found;
  if (activation.dialect !== 'keygen') return refuse(reject('keygen-not-a-machine'));
  const ended = refuseEnded(activation, now);
  if (ended !== null) return refuse(ended);
  if (activationStateAt(activation, now) !== 'active') return refuse(reject('keygen-machine-without-seat'));

  const licence = await openLicence(context, entitlement.id);
  if (!licence.ok) return licence;
  const refused = refuseFile(licence.value);
  if (refused !== null) return refuse(refused);
  const { proofs, proofTemplate } = policyOf(licence.value.state);
  if (!proofs) return refuse(reject('keygen-proofs-off'));
  const issuer = await keygenKeys(licence.value.keys).inUse();
  if (issuer === null) return refuse(reject('keygen-keys-missing'));
  const { fingerprint } = await openReplyTo(found.replyTo, licence.value.keys.vault);
  const values = licenceValuesOf(licence.value);
  const dataset = datasetOf(proofTemplate, { account: issuer.account, values });
  if (!dataset.ok) return dataset;
  const text = await makeProof({
    issuer,
    licence: { ...values, key: licence.value.key },
    machine: { id: activation.id, fingerprint, createdAt: activation.activatedAt },
    now,
    dataset: dataset.value,
  });
  const machine = { deviceId: device.id, activationId: activation.id, deviceName: device.name };
  const file = { fileName: `${activation.id}.proof`, text };
  return done({ file, kind: 'activation-proof', now, entitlement, machine, action: 'keygen.proof-issued', facts: {} });
}

/** The dataset of a proof, filled from the template; null for the default dataset. */
function datasetOf(
  template: string | null,
  { account, values }: { account: string; values: ReturnType<typeof licenceValuesOf> },
): Result<string | null> {
  if (template === null) return done(null);
  try {
    return done(fillTemplate(template, account, values));
  } catch (error) {
    if (error instanceof DialectError) return refuse(error.rejection);
    throw error;
  }
}

/** Finds the activation with a seat of a machine on a licence, by fingerprint; null when there is none. */
export const findKeygenMachine = defineOperation({
  name: 'keygen.find-machine',
  kind: 'query',
  permission: 'device:read',
  input: z.object({ entitlementId: z.uuid(), fingerprint: z.string().max(5000) }),
  async run({ entitlementId, fingerprint }, context) {
    const licence = await openLicence(context, entitlementId);
    if (!licence.ok) return licence;
    const wanted = { scope: scopeOf(context.actor), entitlementId, fingerprint: fingerprintDigest(fingerprint) };
    const machine = await findMachine(context.db, wanted);
    const holds = machine !== null && activationStateAt(machine, licence.value.now) === 'active';
    return done({ activationId: holds ? machine.id : null });
  },
});

import { z } from 'zod';
import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { KeygenState } from '@/db/keygen/keygen-keys';
import { keygenStateFromJson, readKeygenState } from '@/db/keygen/keygen-keys';
import { isKnownId, isMachineElsewhere } from '@/db/keygen/keygen-machines';
import type { MachineFileInput } from '@/lib/dialects/keygen/licence-details';
import { openReplyTo } from '@/lib/dialects/keygen/seal';
import type { Json } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { mayKnowCustomer } from '../actor';
import type { ActingContext } from '../context';
import type { AnsweredActivation, DialectHooks, HookCase } from '../dialects/hooks';
import { durationOf, fileOptionsInput, machineTerms } from './file-terms';
import { policyOf } from './keygen-policy';
import { keygenKeys } from './keys';
import { licenceFactsOf } from './licence-facts';
import { makeKeyOfOffering } from './make-key';

/** Details of a request in this dialect. `asked` is set by the portal, never by the device. */
const requestDetails = z.object({ fingerprint: z.string(), asked: fileOptionsInput.optional() });

/** Keyed by the row of the entitlement, which lives as long as one decision. */
const states = new WeakMap<EntitlementRow, Promise<KeygenState>>();

/** Reads the Keygen state of the entitlement, at most once for each decision. */
function keygenStateOf({ db }: ActingContext, { entitlement, dialectState }: HookCase): Promise<KeygenState> {
  const known = states.get(entitlement);
  if (known !== undefined) return known;
  const state =
    dialectState === null ? readKeygenState(db, entitlement.id) : Promise.resolve(keygenStateFromJson.parse(dialectState));
  states.set(entitlement, state);
  return state;
}

function fileOptionsOf({ request, refreshOptions }: HookCase) {
  if (request === null) return fileOptionsInput.parse(refreshOptions ?? {});
  return requestDetails.parse(request.details).asked ?? {};
}

async function termsOf(context: ActingContext, input: HookCase) {
  return machineTerms(fileOptionsOf(input), policyOf(await keygenStateOf(context, input)));
}

/** The digest of the machine's fingerprint. */
const fingerprintDigestOf = ({ fingerprint }: HookCase) => fingerprint.components.fingerprint ?? '';

async function validate(context: ActingContext, input: HookCase): Promise<Rejection | null> {
  const { keys, request, entitlement, now } = input;
  const policy = policyOf(await keygenStateOf(context, input));
  if (request !== null && context.actor.role === 'guest' && !policy.guests) return reject('keygen-sign-in-needed');
  if ((await keygenKeys(keys).inUse()) === null) return reject('keygen-keys-missing');
  const terms = await termsOf(context, input);
  if (!terms.ok) return terms.rejection;
  if (request !== null && (await isKnownId(context.db, requestDetails.parse(request.details).fingerprint))) {
    return reject('keygen-fingerprint-is-id');
  }
  if (policy.fingerprintUniqueIn === 'licence') return null;
  const isElsewhere = await isMachineElsewhere(context.db, {
    entitlementId: entitlement.id,
    fingerprint: fingerprintDigestOf(input),
    now,
  });
  return isElsewhere ? reject('keygen-fingerprint-taken', { range: policy.fingerprintUniqueIn }) : null;
}

async function replyDetails(context: ActingContext, input: HookCase, answered: AnsweredActivation): Promise<Json> {
  const { entitlement, now, keys } = input;
  const { storedState, activationId, activatedAt, device } = answered;
  const terms = await termsOf(context, input);
  if (!terms.ok) throw new Error(`expected terms that were checked, found ${terms.rejection.code}`);
  const { algorithm, include } = terms.value;
  const { key, fingerprint } = await openReplyTo(storedState, keys.vault);
  const created = activatedAt.toISOString();
  const facts = licenceFactsOf({ entitlement, state: await keygenStateOf(context, input), now }, key);
  return {
    ...facts,
    // A guest gets no addresses of people, even when the policy includes users in every file.
    users: mayKnowCustomer(context.actor) ? facts.users : [],
    algorithm,
    include: [...include],
    // The lease was decided with the requested time to live, so the file lasts as long as the lease.
    ttlSeconds: null,
    machine: {
      id: activationId,
      fingerprint,
      hostname: device.hostname,
      platform: null,
      name: device.name,
      lastCheckOut: now.toISOString(),
      created,
      updated: now.toISOString(),
      ownerId: null,
    },
  } satisfies MachineFileInput;
}

/** The hooks of the Keygen dialect. Its files last as the policy says, and have no grace period. */
export const keygenHooks: DialectHooks = {
  async leaseTerms(context, input) {
    const terms = await termsOf(context, input);
    const seconds = terms.ok ? terms.value.ttlSeconds : null;
    return { requestedLease: seconds === null ? null : durationOf(seconds), hasGrace: false };
  },
  validate,
  replyDetails,
  makeCode: makeKeyOfOffering,
};

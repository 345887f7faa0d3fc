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
import { askedOfFile, durationOf, machineTerms } from './file-terms';
import { policyOf } from './keygen-policy';
import { keygenKeys } from './keys';
import { licenceFactsOf } from './licence-facts';
import { makeKeyOfOffering } from './make-key';

/** What a request of this dialect says beside what all requests do; `asked` is put there by the portal itself. */
const requestDetails = z.object({ fingerprint: z.string(), asked: askedOfFile.optional() });

/** By the entitlement as it was read: the same for as long as a decision takes. */
const read = new WeakMap<EntitlementRow, Promise<KeygenState>>();

/** What the database holds of the licence, read at most once for one decision. */
function keygenStateOf({ db }: ActingContext, { entitlement, dialectState }: HookCase): Promise<KeygenState> {
  const known = read.get(entitlement);
  if (known !== undefined) return known;
  const state =
    dialectState === null ? readKeygenState(db, entitlement.id) : Promise.resolve(keygenStateFromJson.parse(dialectState));
  read.set(entitlement, state);
  return state;
}

function askedOf({ request, refreshOptions }: HookCase) {
  if (request === null) return askedOfFile.parse(refreshOptions ?? {});
  return requestDetails.parse(request.details).asked ?? {};
}

async function termsOf(context: ActingContext, input: HookCase) {
  return machineTerms(askedOf(input), policyOf(await keygenStateOf(context, input)));
}

/** The fingerprint of a machine, as requests carry it, digested. */
const machineOf = ({ fingerprint }: HookCase) => fingerprint.components.fingerprint ?? '';

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
  const isElsewhere = await isMachineElsewhere(context.db, { entitlementId: entitlement.id, fingerprint: machineOf(input), now });
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
    // Whoever has not signed in gets no addresses of people, also where a policy puts them into every file.
    users: mayKnowCustomer(context.actor) ? facts.users : [],
    algorithm,
    include: [...include],
    // As long as the lease, which was decided with the time that is asked for.
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

/** Software built for Keygen: files last as the policy says, and know no grace. */
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

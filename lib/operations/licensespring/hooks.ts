import type { LicenceCase } from '@/db/licensespring/licensespring-case';
import { readEarlierActivations } from '@/db/licensespring/licensespring-case';
import { numberOf } from '@/lib/dialects/licensespring/read-json';
import type { RequestDetails } from '@/lib/dialects/licensespring/request-details';
import { replyTo as replyToSchema, requestDetails } from '@/lib/dialects/licensespring/request-details';
import type { DeactivationProof, DeviceRequest, Json } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { isPassword } from '@/lib/signing/password';
import type { ActingContext } from '../context';
import type { DialectHooks, HookCase } from '../dialects/hooks';
import { answerDetails } from './answer-details';
import { licenseSpringBundles } from './bundles';
import { licenceCaseOf } from './licences/licence-case';
import { transfersAfterReturn } from './transfers';
import { usernameIn } from './username';

/** The hooks of the LicenseSpring dialect. */
export const licenseSpringHooks: DialectHooks = {
  async authenticate(context, { request, entitlement }) {
    if (request?.kind !== 'activation') return null;
    const { identity, password } = requestDetails.parse(request.details);
    if (identity !== 'user') return null;
    const refused = reject('licensespring-user-refused');
    const { activationCode: username, deviceKey } = request;
    const { user } = await licenceCaseOf(context, { entitlement, username, deviceKey });
    if (user === null || password === null) return refused;
    return (await isPassword(password, user.passwordHash)) ? null : refused;
  },
  validate(context, input) {
    const { request } = input;
    return request?.kind === 'deactivation'
      ? refuseReturn(context, { ...input, request })
      : refuseIssue(context, { ...input, request });
  },
  async returnTerms(context, { entitlement, deviceKey, now }) {
    const found = await licenceCaseOf(context, { entitlement, username: null, deviceKey });
    const max = found.licence?.maxTransfers ?? 0;
    const givenUp = found.history.filter(({ givenUpAt }) => givenUpAt !== null).length;
    return { mayMove: max === 0 || transfersAfterReturn(found, now) <= max, givenUp };
  },
  async validateOther(context, { request, entitlement, deviceKey, fingerprint }) {
    const { licence, productDisabledAt } = await licenceCaseOf(context, { entitlement, username: null, deviceKey });
    if (productDisabledAt !== null) return reject('product-disabled', { product: entitlement.productCode });
    if (licence === null) return null;
    if (Object.values(fingerprint.components).some((digest) => licence.blacklist.includes(digest)))
      return reject('device-blacklisted');
    // A file of another dialect does not say whether its machine is virtual.
    return licence.preventVm && request !== null ? reject('virtual-machine-refused') : null;
  },
  storedState,
  bundle: licenseSpringBundles,
  replyDetails: answerDetails,
};

/** Compares product and licence number with the licence: a signature of version 1 does not cover them. */
function refuseOther({ productCode, licenceId }: RequestDetails, { entitlement }: HookCase): Rejection | null {
  const isOther = productCode !== entitlement.productCode || (licenceId !== null && licenceId !== numberOf(entitlement.id));
  return isOther ? reject('licence-differs') : null;
}

/**
 * Refuses a deactivation that is not dated later than every answered activation of the device. Version 1 does not sign the kind of a request,
 * so an activation file could be changed into a deactivation; its date is signed.
 */
async function refuseReturn(
  context: ActingContext,
  input: HookCase & { readonly request: DeactivationProof },
): Promise<Rejection | null> {
  const { request, entitlement, deviceKey } = input;
  if (entitlement.disabledAt !== null) return reject('entitlement-disabled');
  const earlier = await readEarlierActivations(context.db, { entitlementId: entitlement.id, deviceId: null, deviceKey });
  const activatedAt = latestOf(replyToSchema.parse(input.storedState).requestedAt, earlier.requestedAt);
  const issuedAt = request.issuedAt.toISOString();
  if (request.issuedAt <= new Date(activatedAt)) return reject('file-predates-activation', { issuedAt, activatedAt });
  return refuseOther(requestDetails.parse(request.details), input);
}

/** The later of two instants in ISO 8601. */
function latestOf(one: string, other: string | null): string {
  return other !== null && new Date(other) > new Date(one) ? other : one;
}

async function refuseIssue(context: ActingContext, input: HookCase): Promise<Rejection | null> {
  const { request, entitlement, deviceKey } = input;
  const details = request === null ? null : requestDetails.parse(request.details);
  const username = await usernameIn(input);
  const found = await licenceCaseOf(context, { entitlement, username, deviceKey });
  if (found.productDisabledAt !== null) return reject('product-disabled', { product: entitlement.productCode });
  if (entitlement.planType === 'subscription' || found.licence?.licenceType === 'subscription')
    return reject('offline-not-allowed');
  const other = details === null ? null : refuseOther(details, input);
  return other ?? refuseDevice(found, { input, details }) ?? refuseUser(found);
}

function refuseDevice(
  { licence }: LicenceCase,
  { input, details }: { input: HookCase; details: RequestDetails | null },
): Rejection | null {
  if (licence === null) return null;
  // The digest of the hardware id, from the request or in a refresh from the last one; the blacklist holds the same digests.
  const { hardware = '' } = input.fingerprint.components;
  if (licence.blacklist.includes(hardware)) return reject('device-blacklisted');
  return licence.preventVm && details?.isVm === true ? reject('virtual-machine-refused') : null;
}

function refuseUser({ user }: LicenceCase): Rejection | null {
  if (user === null || user.held < user.seats) return null;
  return reject('user-seats-used', { seats: user.seats, held: user.held });
}

/**
 * Makes the state to be stored with the activation. Variables of a device outlive its activations: a request replaces those it carries, the
 * others stay. The latest date of all requests stays too, in whichever order they are handed in.
 */
async function storedState(context: ActingContext, of: HookCase, { deviceId }: { deviceId: string | null }): Promise<Json> {
  const { request, deviceKey } = of;
  if (request?.kind !== 'activation') {
    const before = replyToSchema.parse(of.storedState);
    return request === null ? before : { ...before, variables: { ...before.variables, ...variablesOf(request) } };
  }
  const received = replyToSchema.parse(request.replyTo);
  const earlier = { entitlementId: of.entitlement.id, deviceId, deviceKey };
  const { kept, requestedAt } = await readEarlierActivations(context.db, earlier);
  const before = replyToSchema.safeParse(kept);
  const variables = before.success ? { ...before.data.variables, ...received.variables } : received.variables;
  return { ...received, requestedAt: latestOf(received.requestedAt, requestedAt), variables };
}

function variablesOf({ details }: DeviceRequest): RequestDetails['variables'] {
  return requestDetails.parse(details).variables;
}

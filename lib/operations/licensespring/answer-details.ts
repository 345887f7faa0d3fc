import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { LicenceCase } from '@/db/licensespring/licensespring-case';
import type { LicenceDetails } from '@/lib/dialects/licensespring/licence-details';
import { numberOf } from '@/lib/dialects/licensespring/read-json';
import { LICENCE_CONSUMPTION, replyTo as replyToSchema } from '@/lib/dialects/licensespring/request-details';
import type { Json } from '@/lib/licensing/exchange/request';
import { mayKnowCustomer } from '../actor';
import type { ActingContext } from '../context';
import type { AnsweredActivation, HookCase } from '../dialects/hooks';
import { licenseSpringKeys } from './keys';
import { licenceCaseOf } from './licences/licence-case';
import { UNLIMITED_CONSUMPTION } from './licences/licence-terms';
import { transfersWithAnswer } from './transfers';
import { usernameIn } from './username';
import { validityOf } from './validity';

/** Seats of a user without a limit of their own. */
export const UNLIMITED_SEATS = 2_147_483_647;

/** Makes the details of a LicenseSpring reply: licence, device and user. Sealing adds the members that depend on the signature. */
export async function answerDetails(context: ActingContext, of: HookCase, answered: AnsweredActivation): Promise<Json> {
  const { entitlement, deviceKey, keys, now } = of;
  const { decision, deviceId } = answered;
  const username = await usernameIn(of);
  const found = await licenceCaseOf(context, { entitlement, username, deviceKey });
  const issuer = await licenseSpringKeys(keys).sealing.licenseSpring();
  const { licence } = found;
  const mayKnow = mayKnowCustomer(context.actor);
  const details: LicenceDetails = {
    id: numberOf(entitlement.id),
    device_id: numberOf(deviceId),
    ...validityOf(of, decision, licence),
    user: userOf(found, { username, mayKnow }),
    max_activations: entitlement.seats,
    times_activated: entitlement.seatsHeld + (decision.takesSeat ? 1 : 0),
    transfer_count: transfersWithAnswer(found, answered, now),
    max_transfers: licence?.maxTransfers ?? 0,
    allow_unlimited_activations: entitlement.overdraft.kind === 'unlimited',
    allow_offline_activation: true,
    ...floatingOf(licence),
    ...consumptionOf(entitlement, licence),
    product_details: {
      product_id: numberOf(found.productId),
      product_name: entitlement.productName,
      short_code: entitlement.productCode,
      authorization_method: username === null ? 'license-key' : 'user',
      metadata: {},
    },
    product_features: featuresOf(entitlement, licence),
    custom_fields: Object.entries(licence?.customFields ?? {}).map(([name, value]) => ({ name, data_type: 'text', value })),
    variables: variablesOf(answered),
    customer: mayKnow ? customerOf(entitlement, found) : NOBODY,
    company: { id: issuer.companyId },
    metadata: {},
    prevent_vm: licence?.preventVm ?? false,
    is_air_gapped: false,
    is_hardware_key_auth: false,
    order_store_id: mayKnow ? entitlement.orderReference : '',
  };
  return details;
}

/** The user of the licence. The request names the user already; other personal data is only for actors who may know the customer. */
function userOf(
  { user }: LicenceCase,
  { username, mayKnow }: { username: string | null; mayKnow: boolean },
): LicenceDetails['user'] {
  if (user === null || username === null) return null;
  return {
    id: numberOf(user.codeId),
    email: username,
    first_name: mayKnow ? user.firstName : '',
    last_name: mayKnow ? user.lastName : '',
    phone_number: mayKnow ? user.phoneNumber : '',
    is_initial_password: user.isInitialPassword,
    max_activations: user.seats === UNLIMITED_SEATS ? 0 : user.seats,
    allow_unlimited_activations: user.seats === UNLIMITED_SEATS,
    total_activations: user.held + 1,
  };
}

function floatingOf(licence: LicenceCase['licence']) {
  const floating = licence?.floating ?? null;
  return {
    is_floating: floating !== null,
    is_floating_cloud: floating?.isCloud ?? false,
    floating_timeout: floating?.timeoutMinutes ?? 0,
    floating_users: floating?.users ?? 0,
    can_borrow: (floating?.borrowHours ?? null) !== null,
    max_borrow_time: floating?.borrowHours ?? 0,
  };
}

/** The consumption limits of the licence itself. */
function consumptionOf(entitlement: EntitlementRow, licence: LicenceCase['licence']) {
  const limit = limitOf(entitlement, LICENCE_CONSUMPTION);
  const isUnlimited = limit === UNLIMITED_CONSUMPTION;
  const overages = isUnlimited ? 0 : Math.min(licence?.maxOverages ?? 0, limit);
  return {
    max_consumptions: isUnlimited ? 0 : limit - overages,
    ...countersOf(entitlement, { code: LICENCE_CONSUMPTION, overages }),
    allow_unlimited_consumptions: isUnlimited,
  };
}

/** The limit of a counted feature; 0 for other features. */
function limitOf({ features }: EntitlementRow, code: string): number {
  const feature = features.find((candidate) => candidate.code === code);
  return feature?.kind === 'counted' ? feature.limit : 0;
}

function countersOf({ usage }: EntitlementRow, { code, overages }: { code: string; overages: number }) {
  return {
    total_consumptions: usage[code] ?? 0,
    allow_overages: overages > 0,
    max_overages: overages,
    allow_unlimited_consumptions: false,
    allow_negative_consumptions: false,
    reset_consumption: false,
    consumption_period: null,
  };
}

function featuresOf(entitlement: EntitlementRow, licence: LicenceCase['licence']): LicenceDetails['product_features'] {
  const there = entitlement.features.filter((feature) => feature.kind === 'counted' || feature.enabled);
  return there
    .filter(({ code }) => code !== LICENCE_CONSUMPTION)
    .map(({ code, kind }) => ({
      id: numberOf(`${entitlement.id} ${code}`),
      code,
      name: code,
      feature_type: kind === 'counted' ? 'consumption' : 'activation',
      expiry_date: licence?.featureEnds[code] ?? null,
      metadata: {},
      is_floating: false,
      max_consumption: limitOf(entitlement, code),
      ...countersOf(entitlement, { code, overages: 0 }),
    }));
}

function variablesOf({ activationId, storedState }: AnsweredActivation): LicenceDetails['variables'] {
  const { variables } = replyToSchema.parse(storedState);
  return Object.entries(variables).map(([variable, value]) => ({
    id: numberOf(`${activationId} ${variable}`),
    variable,
    value: String(value),
  }));
}

/** Members of a customer that the portal does not store. */
const UNKNOWN = {
  email: '',
  first_name: '',
  last_name: '',
  phone: '',
  address: '',
  city: '',
  state: '',
  country: '',
  postcode: '',
};

/** The customer as shown to actors who may not know it. */
const NOBODY: LicenceDetails['customer'] = { id: 0, company_name: '', reference: '', ...UNKNOWN };

function customerOf({ customerId, customerName }: EntitlementRow, { customerCode }: LicenceCase): LicenceDetails['customer'] {
  return { id: numberOf(customerId), company_name: customerName, reference: customerCode, ...UNKNOWN };
}

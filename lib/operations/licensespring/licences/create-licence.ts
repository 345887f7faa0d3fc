import { randomUUID } from 'node:crypto';
import type { NewCode } from '@/db/entitlements/write-codes';
import type { NewLicenceUser } from '@/db/licensespring/licensespring-licences';
import { insertLicence } from '@/db/licensespring/licensespring-licences';
import { numberOf } from '@/lib/dialects/licensespring/read-json';
import { lastFour } from '@/lib/signing/activation-code';
import { hashPassword } from '@/lib/signing/password';
import { instantOf, nameTaken, operatorAudit } from '../../audit/operator-audit';
import type { ActingContext } from '../../context';
import { copiedTerms } from '../../entitlements/create-entitlement';
import { makeCode } from '../../entitlements/make-code';
import { defineOperation, done, refuse } from '../../operation';
import { findPersonIds } from '../../people/find-person-ids';
import { UNLIMITED_SEATS } from '../answer-details';
import { findParties } from './find-parties';
import type { LicenceInput } from './licence-input';
import { licenceInput } from './licence-input';
import { entitlementTerms, licenceTerms, refuseLicence } from './licence-terms';

/** A new licence, named by its key or by its user. */
export interface LicenceMade {
  /** The number of the licence in files. */
  readonly id: number;
  readonly entitlementId: string;
  readonly licenceKey: string | null;
  readonly user: { readonly username: string; readonly password: string } | null;
  readonly product: string;
  readonly isNewProduct: boolean;
  readonly customer: string;
  readonly offering: string;
}

/**
 * Creates a licence of the LicenseSpring dialect: an entitlement, its licence terms, and the key or the user that names it. A missing product,
 * offering or customer is created as well. The result holds the key, this once.
 */
export const createLicence = defineOperation({
  name: 'licensespring.create-licence',
  kind: 'command',
  permission: 'installation:manage',
  input: licenceInput,
  async run(input, context) {
    const refused = refuseLicence(input);
    if (refused !== null) return refuse(refused);
    const parties = await findParties(context, input);
    if (!parties.ok) return parties;
    const { product, isNewProduct, offering, customer } = parties.value;
    const people = await findPersonIds(context.db, { customer, emails: input.assign });
    if (!people.ok) return people;

    const at = await instantOf(context);
    const id = randomUUID();
    const customerId = customer.id;
    const { code, stored } = await makeLicenceCode(context, input, { customerId, entitlementId: id, at });
    const terms = { ...copiedTerms(offering), ...entitlementTerms(input, at) };
    const detail = {
      offering: offering.code,
      seats: input.maxActivations,
      assigned: input.assign,
      codeId: stored.id,
      lastFour: stored.lastFour,
    };
    const outcome = await insertLicence(context.db, {
      entitlement: { ...terms, id, customerId, offeringId: offering.id },
      userIds: people.value,
      code: stored,
      licence: licenceTerms(input, at),
      user: await makeUser(input, at),
      audit: operatorAudit(context, { at, action: 'entitlement.created', customerId, entitlementId: id, detail }),
    });
    if (outcome === 'exists') return refuse(nameTaken(input.user === null ? 'licence key' : 'licence user', code));
    return done<LicenceMade>({
      id: numberOf(id),
      entitlementId: id,
      licenceKey: input.user === null ? code : null,
      user: input.user && { username: input.user.name, password: input.user.password },
      product: product.code,
      isNewProduct,
      customer: customer.code,
      offering: offering.code,
    });
  },
});

/** Makes the code of the licence: its key, or the name of its user. */
async function makeLicenceCode(
  context: ActingContext,
  { user, licenceKey, isUnlimited, maxActivations }: LicenceInput,
  of: { customerId: string; entitlementId: string; at: Date },
): Promise<{ code: string; stored: NewCode }> {
  const { customerId, entitlementId, at } = of;
  const entitlementIds = [entitlementId] as const;
  if (user === null) return makeCode(context, { customerId, entitlementIds, own: licenceKey, at });
  const keys = await context.keyring.current();
  const digest = await keys.digestCode(user.name, 'licensespring-user');
  const seats = user.maxActivations ?? (isUnlimited ? UNLIMITED_SEATS : maxActivations);
  const stored = { id: randomUUID(), customerId, entitlementIds, digest, lastFour: lastFour(user.name), createdAt: at, seats };
  return { code: user.name, stored };
}

async function makeUser({ user }: LicenceInput, at: Date): Promise<NewLicenceUser | null> {
  if (user === null) return null;
  return {
    username: user.name,
    passwordHash: await hashPassword(user.password),
    firstName: user.firstName ?? '',
    lastName: user.lastName ?? '',
    phoneNumber: user.phone ?? '',
    createdAt: at,
  };
}

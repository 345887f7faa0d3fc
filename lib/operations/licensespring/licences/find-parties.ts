import { createHash } from 'node:crypto';
import type { OfferingRow, ProductRow } from '@/db/catalogue/manage-catalogue';
import { readOfferings, readProducts } from '@/db/catalogue/manage-catalogue';
import type { CustomerRow } from '@/db/people/manage-people';
import { readCustomers } from '@/db/people/manage-people';
import { LICENCE_CONSUMPTION } from '@/lib/dialects/licensespring/request-details';
import { unknownName } from '../../audit/operator-audit';
import { createOffering } from '../../catalogue/create-offering';
import { createProduct } from '../../catalogue/create-product';
import type { ActingContext } from '../../context';
import { createCustomer } from '../../customers/create-customer';
import type { Result } from '../../operation';
import { done, perform, refuse } from '../../operation';
import type { LicenceInput } from './licence-input';
import { defaultTermOf, planOf, UNLIMITED_LEASE } from './licence-terms';

/** The product, offering and customer of a licence. */
export interface Parties {
  readonly product: ProductRow;
  readonly isNewProduct: boolean;
  readonly offering: OfferingRow;
  readonly customer: CustomerRow;
}

/** Joins a code of 64 characters at most. A longer one is cut, with a digest that keeps it unique. */
function codeFrom(start: string, rest: string): string {
  const whole = `${start}-${rest}`;
  if (whole.length <= 64) return whole;
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 8);
  return `${start.slice(0, 63 - rest.length - 9)}-${digest}-${rest}`;
}

interface FindOrCreate<Row> {
  readonly find: () => Promise<readonly Row[]>;
  readonly create: () => Promise<Result<unknown>>;
}

/** Finds a row, or creates it. A concurrent call may create it first. */
async function findOrCreate<Row>({ find, create }: FindOrCreate<Row>): Promise<Result<{ row: Row; isNew: boolean }>> {
  const [existing] = await find();
  if (existing !== undefined) return done({ row: existing, isNew: false });
  const created = await create();
  if (!created.ok && created.rejection.code !== 'already-exists') return created;
  const [row] = await find();
  if (row === undefined) throw new Error('expected the row created a moment ago, found nothing');
  return done({ row, isNew: created.ok });
}

/** Finds a product by its code, or creates it. */
export function findOrCreateProduct({ db }: ActingContext, productCode: string, create: () => Promise<Result<unknown>>) {
  return findOrCreate({ find: () => readProducts(db, productCode), create });
}

/** Finds the product, the offering and the customer of a licence, and creates the missing ones. A customer named in the input must exist. */
export async function findParties(context: ActingContext, input: LicenceInput): Promise<Result<Parties>> {
  const { db } = context;
  const { product: productCode } = input;
  if (input.customer !== null && (await readCustomers(db, input.customer)).length === 0) {
    return refuse(unknownName('customer', input.customer));
  }
  const product = await findOrCreateProduct(context, productCode, () =>
    perform(createProduct, { code: productCode, name: productCode }, context),
  );
  if (!product.ok) return product;
  const offering = await findOffering(context, input);
  if (!offering.ok) return offering;
  const customerCode = input.customer ?? codeFrom('licensespring', productCode);
  const customer = await findOrCreate({
    find: () => readCustomers(db, customerCode),
    create: () => perform(createCustomer, { code: customerCode, name: `Licences of ${productCode}` }, context),
  });
  if (!customer.ok) return customer;
  const { row, isNew } = product.value;
  return done({ product: row, isNewProduct: isNew, offering: offering.value.row, customer: customer.value.row });
}

/** Finds or creates the one offering for all licences of a product and plan. Their individual terms are in their entitlements. */
function findOffering(context: ActingContext, input: LicenceInput) {
  const plan = planOf(input);
  const offeringCode = codeFrom(input.product, `licensespring-${plan}`);
  const terms = {
    product: input.product,
    code: offeringCode,
    edition: `${plan.charAt(0).toUpperCase()}${plan.slice(1)} licence`,
    planType: plan,
    startRule: 'on-date',
    termLength: defaultTermOf(plan),
    offlineLeasePeriod: UNLIMITED_LEASE,
    dialects: ['licensespring'],
    features: plan === 'consumption' ? [{ code: LICENCE_CONSUMPTION, kind: 'counted', limit: 1 }] : [],
  };
  return findOrCreate({
    find: () => readOfferings(context.db, offeringCode),
    create: () => perform(createOffering, terms, context),
  });
}

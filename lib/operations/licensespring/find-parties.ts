import { createHash } from 'node:crypto';
import type { OfferingRow, ProductRow } from '@/db/catalogue/manage-catalogue';
import { readOfferings, readProducts } from '@/db/catalogue/manage-catalogue';
import type { CustomerRow } from '@/db/people/manage-people';
import { readCustomers } from '@/db/people/manage-people';
import { LICENCE_CONSUMPTION } from '@/lib/dialects/licensespring/request-details';
import { unknownName } from '../audit/operator-audit';
import { createOffering } from '../catalogue/create-offering';
import { createProduct } from '../catalogue/create-product';
import type { ActingContext } from '../context';
import { createCustomer } from '../customers/create-customer';
import type { Result } from '../operation';
import { done, perform, refuse } from '../operation';
import type { LicenceInput } from './licence-input';
import { defaultTermOf, planOf, UNENDING_LEASE } from './licence-terms';

/** What a licence belongs to, and what of it was made for it. */
export interface Parties {
  readonly product: ProductRow;
  readonly isNewProduct: boolean;
  readonly offering: OfferingRow;
  readonly customer: CustomerRow;
}

/** A code with a start of its own, cut where it is too long in a way that keeps it apart from others. */
function codeFrom(start: string, rest: string): string {
  const whole = `${start}-${rest}`;
  if (whole.length <= 64) return whole;
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 8);
  return `${start.slice(0, 63 - rest.length - 9)}-${digest}-${rest}`;
}

interface FoundOrMade<Row> {
  readonly find: () => Promise<readonly Row[]>;
  readonly make: () => Promise<Result<unknown>>;
}

/** What is there, or what is made because it is not. Somebody else may make it at the same moment. */
async function findOrMake<Row>({ find, make }: FoundOrMade<Row>): Promise<Result<{ row: Row; isNew: boolean }>> {
  const [there] = await find();
  if (there !== undefined) return done({ row: there, isNew: false });
  const made = await make();
  if (!made.ok && made.rejection.code !== 'already-exists') return made;
  const [row] = await find();
  if (row === undefined) throw new Error('expected what was made a moment ago, found nothing');
  return done({ row, isNew: made.ok });
}

/** Finds a product, or makes it. */
export function findOrMakeProduct({ db }: ActingContext, productCode: string, make: () => Promise<Result<unknown>>) {
  return findOrMake({ find: () => readProducts(db, productCode), make });
}

/** Finds the product, the offering and the customer of a licence, and makes those that are missing and were not named. */
export async function findParties(context: ActingContext, input: LicenceInput): Promise<Result<Parties>> {
  const { db } = context;
  const { product: productCode } = input;
  if (input.customer !== null && (await readCustomers(db, input.customer)).length === 0) {
    return refuse(unknownName('customer', input.customer));
  }
  const product = await findOrMakeProduct(context, productCode, () =>
    perform(createProduct, { code: productCode, name: productCode }, context),
  );
  if (!product.ok) return product;
  const offering = await findOffering(context, input);
  if (!offering.ok) return offering;
  const customerCode = input.customer ?? codeFrom('licensespring', productCode);
  const customer = await findOrMake({
    find: () => readCustomers(db, customerCode),
    make: () => perform(createCustomer, { code: customerCode, name: `Licences of ${productCode}` }, context),
  });
  if (!customer.ok) return customer;
  const { row, isNew } = product.value;
  return done({ product: row, isNewProduct: isNew, offering: offering.value.row, customer: customer.value.row });
}

/** One offering stands for all licences of a product and a plan: what is theirs alone is in their entitlements. */
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
    offlineLeasePeriod: UNENDING_LEASE,
    dialects: ['licensespring'],
    features: plan === 'consumption' ? [{ code: LICENCE_CONSUMPTION, kind: 'counted', limit: 1 }] : [],
  };
  return findOrMake({
    find: () => readOfferings(context.db, offeringCode),
    make: () => perform(createOffering, terms, context),
  });
}

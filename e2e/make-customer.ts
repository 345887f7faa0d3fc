import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect } from './fixtures';
import type { CommandResult } from './run-command';

type Operator = (...parameters: string[]) => Promise<CommandResult>;

/** A customer of one test alone, with people and an entitlement. */
export interface MadeCustomer {
  readonly product: string;
  readonly member: string;
  readonly admin: string;
  readonly code: string;
  readonly entitlementId: string;
  /** What the devices of the vendor are built with. */
  readonly vendorFile: string;
}

async function answer(result: CommandResult): Promise<Record<string, unknown>> {
  expect(result.exitCode, result.stderr || result.stdout).toBe(0);
  const parsed: Record<string, unknown> = JSON.parse(result.stdout);
  return parsed;
}

/** Makes, on the operator's command line, a product, a customer with a member and an administrator, and seats assigned to the member. */
export async function makeCustomer(operator: Operator, options: { folder: string; seats: number }): Promise<MadeCustomer> {
  const mark = randomUUID().slice(0, 8);
  const product = `studio-${mark}`;
  const [member, admin] = [`member-${mark}@example.com`, `admin-${mark}@example.com`];
  const make = async (...parameters: string[]) => answer(await operator(...parameters, '--json'));
  await make('product', 'create', '--code', product, '--name', `Studio ${mark}`);
  const plan = ['--plan', 'subscription', '--start', 'on-creation', '--term', 'P1Y', '--lease', 'P90D'];
  await make('offering', 'create', '--product', product, '--code', `${product}-pro`, '--edition', 'Pro', ...plan);
  await make('customer', 'create', '--code', mark, '--name', `Works ${mark}`);
  await make('user', 'create', '--email', member, '--name', 'Mira Member', '--role', 'member', '--customer', mark);
  await make('user', 'create', '--email', admin, '--name', 'Ada Admin', '--role', 'customer_admin', '--customer', mark);
  const sold = ['--customer', mark, '--offering', `${product}-pro`, '--seats', String(options.seats), '--assign', member];
  const entitlement = await make('entitlement', 'create', ...sold);
  const vendorFile = join(options.folder, 'vendor.json');
  await make('vendor', 'export', '--out', vendorFile);
  const { id, activationCode: code } = entitlement;
  if (typeof id !== 'string' || typeof code !== 'string')
    throw new Error(`expected id and code, found ${JSON.stringify(entitlement)}`);
  return { product, member, admin, code, entitlementId: id, vendorFile };
}

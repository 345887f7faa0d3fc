import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { CommandResult } from './run-command';

type Operator = (...parameters: string[]) => Promise<CommandResult>;

/** A customer of one test or file alone, with people and an entitlement. */
export interface MadeCustomer {
  /** Code of the customer, and the last part of every name of this one. */
  readonly mark: string;
  /** Code of the product. */
  readonly product: string;
  /** What pages call the entitlement. */
  readonly title: string;
  readonly member: string;
  readonly admin: string;
  readonly code: string;
  readonly entitlementId: string;
  /** What the devices of the vendor are built with. */
  readonly vendorFile: string;
}

interface Sale {
  readonly folder: string;
  readonly seats: number;
  /** Options of `offering create` beside product, code and edition. */
  readonly terms?: readonly string[];
  /** Options of `entitlement create` beside customer, offering, seats and member. */
  readonly sold?: readonly string[];
}

/** A subscription for a year; one file is good for 90 days. */
export const TERMS = ['--plan', 'subscription', '--start', 'on-creation', '--term', 'P1Y', '--lease', 'P90D'];

/** What a command printed as JSON. It must have done what it was asked. */
export async function answerOf(result: CommandResult): Promise<Record<string, unknown>> {
  expect(result.exitCode, result.stderr || result.stdout).toBe(0);
  const parsed: Record<string, unknown> = JSON.parse(result.stdout);
  return parsed;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`expected a text, found ${JSON.stringify(value)}`);
  return value;
}

/** Makes, on the operator's command line, a product, a customer with a member and an administrator, and seats assigned to the member. */
export async function makeCustomer(operator: Operator, { folder, seats, terms = TERMS, sold = [] }: Sale): Promise<MadeCustomer> {
  const mark = randomUUID().slice(0, 8);
  const product = `studio-${mark}`;
  const [member, admin] = [`member-${mark}@example.com`, `admin-${mark}@example.com`];
  const make = async (...parameters: string[]) => answerOf(await operator(...parameters, '--json'));
  const vendorFile = join(folder, `vendor-${mark}.json`);
  await Promise.all([
    make('product', 'create', '--code', product, '--name', `Studio ${mark}`),
    make('customer', 'create', '--code', mark, '--name', `Works ${mark}`),
    make('vendor', 'export', '--out', vendorFile),
  ]);
  await Promise.all([
    make('offering', 'create', '--product', product, '--code', `${product}-pro`, '--edition', 'Pro', ...terms),
    make('user', 'create', '--email', member, '--name', 'Mira Member', '--role', 'member', '--customer', mark),
    make('user', 'create', '--email', admin, '--name', 'Ada Admin', '--role', 'customer_admin', '--customer', mark),
  ]);
  const order = ['--customer', mark, '--offering', `${product}-pro`, '--seats', String(seats), '--assign', member];
  const entitlement = await make('entitlement', 'create', ...order, ...sold);
  const [entitlementId, code] = [textOf(entitlement.id), textOf(entitlement.activationCode)];
  return { mark, product, title: `Studio ${mark} Pro`, member, admin, code, entitlementId, vendorFile };
}

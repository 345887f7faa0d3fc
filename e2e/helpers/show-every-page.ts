import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { DEMO_CODE } from '@/lib/operator/demo/demo-entitlements';
import { peopleOf } from '@/lib/operator/demo/demo-people';
import { activate, answerFile, playMachine } from './play-machine';
import type { CommandResult } from './run-command';

type CommandLine = (...parameters: string[]) => Promise<CommandResult>;

interface Stage {
  readonly page: Page;
  readonly device: CommandLine;
  readonly operator: CommandLine;
  readonly folder: string;
  signedIn(email: string): Promise<void>;
}

/** A page of the portal by what it shows. */
export interface ShownPage {
  readonly name: string;
  readonly path: string;
  /** Whom to be signed in as; null: nobody. */
  readonly as: string | null;
}

const HALLMANN = peopleOf('hallmann');
const BRIGHTWATER = peopleOf('brightwater');
const SUPPORT = 'support@example.com';

/** Hands a file in as a browser without scripts does. Answers the address it leads to. */
async function handIn({ request }: Page, path: string): Promise<string> {
  const file = { name: path.split('/').at(-1) ?? '', mimeType: 'text/plain', buffer: readFileSync(path) };
  const answer = await request.post('/exchange/upload', { multipart: { file }, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  return answer.headers().location ?? '';
}

async function linkOn(page: Page, { path, name }: { path: string; name: string | RegExp }): Promise<string> {
  await page.goto(path);
  return (await page.getByRole('link', { name }).first().getAttribute('href')) ?? '';
}

/** Every page with something to show, by the demo data and a few files more. */
export async function showEveryPage(stage: Stage): Promise<readonly ShownPage[]> {
  const { page, operator, signedIn } = stage;
  const newcomer = `${randomUUID()}@example.com`;
  const named = ['--email', newcomer, '--name', 'Nora Neu', '--role', 'member', '--customer', 'tessellate'];
  expect((await operator('user', 'create', ...named)).exitCode).toBe(0);
  expect((await operator('product', 'set', 'toolpath', '--guest-exchange', 'on')).exitCode).toBe(0);
  await signedIn(BRIGHTWATER.member);
  const full = await linkOn(page, { path: '/exchange', name: /^Go on/ });
  const at = (as: string | null, pages: Readonly<Record<string, string>>) =>
    Object.entries(pages).map(([name, path]) => ({ name, path, as }));
  return [
    ...at(null, { 'sign-in': '/sign-in', 'sign-in-refused': '/sign-in?refused=sign-in-code-ended', guest: '/guest' }),
    ...at(newcomer, {
      'exchange-empty': '/exchange',
      'entitlements-empty': '/entitlements',
      'devices-empty': '/devices',
      'activity-empty': '/activity?kind=seats',
      'leases-empty': '/leases',
    }),
    ...at(BRIGHTWATER.member, { 'exchange-waiting': '/exchange', 'refused-full': full }),
    ...at(SUPPORT, {
      'support-activity': '/activity?customer=hallmann',
      'support-entitlements': '/entitlements?q=LineScan',
      'support-devices': '/devices?q=camera',
      'support-leases': '/leases?within=all',
    }),
    ...at(HALLMANN.admin, { ...(await exchanged(stage)), ...(await listed(page)) }),
  ];
}

async function exchanged({ page, device, operator, folder, signedIn }: Stage): Promise<Record<string, string>> {
  await signedIn(HALLMANN.admin);
  const by = { as: HALLMANN.member, folder };
  const vendorFile = join(folder, 'vendor.json');
  expect((await operator('vendor', 'export', '--out', vendorFile)).exitCode).toBe(0);
  const customer = { vendorFile, product: 'press-control', code: DEMO_CODE };
  const machine = (name: string) => playMachine({ device, folder, customer, name });
  const [returned, other] = [machine('Old press 3'), machine('Old press 4')];
  for (const one of [returned, other]) await activate(operator, one, by);
  const proof = await returned.deactivate();
  await answerFile(operator, { file: proof, ...by });
  const answered = await machine('Press 8 cell').request('--now', new Date(Date.now() - 3 * 86_400_000).toISOString());
  await answerFile(operator, { file: answered, ...by });
  const nonsense = join(folder, 'manual.html');
  writeFileSync(nonsense, '<!doctype html><title>Manual</title>');
  return {
    preview: await handIn(page, await machine('Press 9 cell').request()),
    'preview-skew': await handIn(page, await machine('Press 10 cell').request('--now', '2016-01-02T00:00:00Z')),
    'preview-proof': await handIn(page, await other.deactivate()),
    done: await handIn(page, answered),
    'seat-returned': await handIn(page, proof),
    refused: await handIn(page, nonsense),
    exchange: '/exchange',
  };
}

async function listed(page: Page): Promise<Record<string, string>> {
  const entitlement = await linkOn(page, { path: '/entitlements?q=SO-24117', name: /^Press Control/ });
  const large = await linkOn(page, { path: '/entitlements?q=SO-25002', name: /^LineScan/i });
  return {
    entitlements: '/entitlements',
    entitlement,
    'entitlement-large': large,
    'entitlement-empty': await linkOn(page, { path: '/entitlements?q=SO-25310', name: /^Press Control/ }),
    'entitlement-released': `${large}?released=held`,
    'entitlement-history': `${entitlement}?tab=history`,
    'entitlement-terms': `${entitlement}?tab=terms`,
    'entitlement-codes': `${entitlement}?tab=codes`,
    release: await linkOn(page, { path: entitlement, name: 'Release… the seat of Press 4 cell' }),
    devices: '/devices',
    'devices-came-back': '/devices?came-back=yes',
    claims: '/claims',
    device: await linkOn(page, { path: entitlement, name: 'Press 4 cell' }),
    activity: '/activity',
    'activity-filtered': '/activity?refused=yes',
    'activity-nothing': '/activity?about=nothing',
    leases: '/leases',
    'leases-soon': '/leases?within=30',
    'leases-all': '/leases?within=all',
    sessions: '/sessions',
    'second-factor': '/sessions/second-factor',
    'nothing-found': '/devices?q=nothing',
    'not-found': '/entitlements/none',
  };
}

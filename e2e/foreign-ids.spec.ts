import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import postgres from 'postgres';
import { readRuntime } from '@/lib/operator/launch/runtime-file';
import { fromSetUp } from './helpers/environment';
import { expect, test } from './helpers/fixtures';
import type { MadeCustomer } from './helpers/make-customer';
import { makeCustomer } from './helpers/make-customer';
import { activate, playMachine } from './helpers/play-machine';
import { askAs, handIn, releaseAddress, WITH_APPROVAL } from './helpers/release-steps';

type Kind = 'claim' | 'device' | 'entitlement' | 'submission' | 'answer' | 'person' | 'seat';

/** Every address with an id in it, and what the id names. */
const ADDRESSES: Readonly<Record<string, { readonly names: Kind; readonly method?: 'post' }>> = {
  '/claims/[id]': { names: 'claim' },
  '/devices/[id]': { names: 'device' },
  '/entitlements/[id]': { names: 'entitlement' },
  '/entitlements/[id]/disable': { names: 'entitlement' },
  '/entitlements/[id]/export': { names: 'entitlement' },
  '/entitlements/[id]/refresh-files': { names: 'entitlement', method: 'post' },
  '/entitlements/[id]/licence-file': { names: 'entitlement' },
  '/exchange/[id]': { names: 'submission' },
  '/files/[id]': { names: 'answer' },
  '/files/[id]/download': { names: 'answer' },
  '/guest/[id]': { names: 'submission' },
  '/guest/[id]/download': { names: 'submission' },
  '/inspect/[id]': { names: 'submission' },
  '/people/[id]': { names: 'person' },
  '/people/[id]/remove': { names: 'person' },
  '/people/[id]/reset-second-factor': { names: 'person' },
  '/seats/[id]/machine-file': { names: 'seat' },
  '/seats/[id]/release': { names: 'seat' },
};
/** A calendar and a link that undoes are named by their secret, and calls of applications name the vendor’s account or nothing. */
const WITHOUT_ID = [
  ...['/api/[[...path]]', '/calendar/[file]', '/not-me/[secret]', '/v1/[[...path]]'],
  '/v1/accounts/[account]/licenses/actions/validate-key',
];

/** What another customer has, by id. */
async function readIds({ member, entitlementId }: MadeCustomer): Promise<Record<Kind, string>> {
  const sql = postgres(readRuntime(fromSetUp('dataDir'))?.ownerUrl ?? '', { max: 1 });
  const rows = await sql<Record<Kind, string>[]>`
    select cl.id as claim, a.device_id as device, a.entitlement_id as entitlement, a.id as seat, u.id as person,
      (select id from exchanges x where x.customer_id = a.customer_id and x.outcome = 'previewed' limit 1) as submission,
      (select id from exchanges x where x.activation_id = a.id and x.reply is not null limit 1) as answer
    from activations a join claims cl on cl.activation_id = a.id join users u on u.email = ${member}
    where a.entitlement_id = ${entitlementId}`;
  await sql.end();
  const [ids] = rows;
  if (ids === undefined) throw new Error('expected a claimed seat, found none');
  return ids;
}

/** What an address answers, with the id taken out of it. */
async function answerOf(page: Page, path: string, id: string): Promise<readonly unknown[]> {
  const address = ADDRESSES[path];
  const at = path.replace('[id]', id);
  const answer = await page.request[address?.method ?? 'get'](at, { maxRedirects: 0 });
  const told = (text: string) => text.replaceAll(id, 'ID').replace(/trouble=\w{6}/, 'trouble=CODE');
  const isPage = (answer.headers()['content-type'] ?? '').startsWith('text/html');
  // A page holds keys and nonces of its own; what people see of it is looked at below.
  return [answer.status(), told(answer.headers().location ?? ''), isPage ? '' : told(await answer.text())];
}

test('every address answers for what is another customer’s as for what is not there', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
  expectedConsoleErrors,
}) => {
  expectedConsoleErrors.push(/status of 404/);
  const pages = readdirSync(join(import.meta.dirname, '../app'), { encoding: 'utf8', recursive: true })
    .filter((file) => /\[.*\/(page\.tsx|route\.ts)$/.test(file))
    .map((file) => `/${file.replace(/^\(portal\)\//, '').replace(/\/(page\.tsx|route\.ts)$/, '')}`);
  expect(pages.sort()).toEqual([...Object.keys(ADDRESSES), ...WITHOUT_ID].sort());

  const [theirs, ours] = [
    await makeCustomer(operator, { folder, seats: 2, terms: WITH_APPROVAL }),
    await makeCustomer(operator, { folder, seats: 1 }),
  ];
  const machine = (name: string) => playMachine({ device, folder, customer: theirs, name });
  await activate(operator, machine('Their press'), { as: theirs.member, folder });
  await signedIn(theirs.member);
  await handIn(page, await machine('Their saw').request());
  await page.goto(await releaseAddress(page, theirs, 'Their press'));
  await askAs(page, 'It is lost');
  await expect(page.getByText('You asked for the release.')).toBeVisible();
  const ids = await readIds(theirs);

  for (const as of [ours.admin, ours.member]) {
    await signedIn(as);
    for (const [path, { names }] of Object.entries(ADDRESSES)) {
      const foreign = await answerOf(page, path, ids[names]);
      expect(foreign, `${path} as ${as}`).toEqual(await answerOf(page, path, randomUUID()));
      expect([303, 404].includes(Number(foreign[0])) || path.startsWith('/inspect'), `${path} as ${as}`).toBe(true);
    }
  }
  await signedIn(ours.admin);
  for (const path of [
    '/devices/[id]',
    '/entitlements/[id]',
    '/files/[id]',
    '/exchange/[id]',
    '/seats/[id]/release',
    '/claims/[id]',
  ]) {
    await page.goto(path.replace('[id]', ids[ADDRESSES[path]?.names ?? 'seat']));
    await expect(page.getByText('There is nothing here, or nothing that you may see'), path).toBeVisible();
    await expect(page.getByText(/Their/)).toHaveCount(0);
  }
  await page.goto('/devices');
  await expect(page.getByText(/Their/)).toHaveCount(0);
});

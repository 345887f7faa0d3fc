import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { sql } from 'drizzle-orm';
import { openDatabase } from '@/db/client';
import { readRuntime } from '@/lib/operator/launch/runtime-file';
import { downloadBy } from './helpers/download-by';
import { fromSetUp } from './helpers/environment';
import { expectNoBarriers } from './helpers/expect-no-barriers';
import { expect, test } from './helpers/fixtures';
import type { MadeCustomer } from './helpers/make-customer';
import { answerOf, makeCustomer, TERMS } from './helpers/make-customer';
import { expectGood, releaseAs } from './helpers/release-steps';

const WITHOUT_PROOFS = [...TERMS, '--release-by', 'member,admin,support', '--keygen-scheme', 'ED25519_SIGN'];
const SOLD = [...WITHOUT_PROOFS, '--keygen-proofs', 'on'];
const FINGERPRINT = 'b7:2e:41:0c:9d:55';

interface Opened {
  readonly data: { readonly id: string; readonly attributes: { readonly fingerprint: string } };
  readonly meta: { readonly expiry: string };
}

/** Opens a machine file with the script that uses nothing of the product. */
function openFile(path: string, { key, publicKey }: { key: string; publicKey: string }): Opened {
  const script = join(import.meta.dirname, '../docs/formats/open-machine-file.mjs');
  return JSON.parse(execFileSync(process.execPath, [script, path, key, FINGERPRINT, publicKey], { encoding: 'utf8' }));
}

/** Reads the licence key from the page of the entitlement, as a person would to type it on the machine. */
async function readKey(page: Page, { entitlementId }: MadeCustomer): Promise<string> {
  await page.goto(`/entitlements/${entitlementId}?tab=codes`);
  return (await page.getByText(/^key\//).textContent()) ?? '';
}

/** Pastes what the page of a device shows, looks at what will happen and has it happen. */
async function bring(page: Page, { key, act }: { key: string; act: string }): Promise<void> {
  await page.goto('/exchange');
  await page.getByText('Paste text').click();
  await page
    .getByLabel('The text of the file')
    .fill(Buffer.from(JSON.stringify({ key, fingerprint: FINGERPRINT })).toString('base64'));
  await page.getByRole('button', { name: 'Read the text' }).click();
  await page.getByRole('button', { name: act }).click();
  await expect(page.getByRole('heading', { name: /^The machine file for/ })).toBeVisible();
}

/** Lets the clock run past the end of all files of an entitlement. */
async function letFilesRunOut(entitlementId: string): Promise<void> {
  const pool = openDatabase({ url: readRuntime(fromSetUp('dataDir'))?.appUrl ?? '', connections: 1 });
  await pool.db.execute(sql`update activations set lease_ends_at = now() - interval '1 second', runs_out_at = now() - interval '1 second',
    lease_starts_at = lease_starts_at - interval '1 year' where entitlement_id = ${entitlementId}::uuid`);
  await pool.close();
}

for (const [way, javaScriptEnabled] of [
  ['with scripts', true],
  ['without scripts', false],
] as const) {
  test.describe(way, () => {
    test.use({ javaScriptEnabled });

    test('what a device page shows becomes a machine file; the same machine again gets a new one and no second seat', async ({
      page,
      operator,
      folder,
      signedIn,
    }) => {
      const customer = await makeCustomer(operator, { folder, seats: 1, terms: SOLD });
      const publicKey = String((await answerOf(await operator('keygen', 'public', '--json'))).ed25519Hex);
      await signedIn(customer.member);
      const key = await readKey(page, customer);
      const save = async (name: string) => {
        const click = () => page.getByRole('link', { name: 'Download' }).click();
        return (await downloadBy(page, click, join(folder, name))).file.suggestedFilename();
      };

      await bring(page, { key, act: 'Use a seat and get the answer' });
      const name = await save('first.lic');
      const first = openFile(join(folder, 'first.lic'), { key, publicKey });
      expect(first.data.attributes.fingerprint).toBe(FINGERPRINT);
      expect(name).toBe(`${first.data.id}.lic`);
      await expect(page.getByText('too large for one QR code')).toBeVisible();
      if (javaScriptEnabled) await expectNoBarriers(page);

      await bring(page, { key, act: 'Get the answer' });
      await expect(page.getByText('1 of 1').first()).toBeVisible();
      await save('second.lic');
      const second = openFile(join(folder, 'second.lic'), { key, publicKey });
      expect(second.data.id).toBe(first.data.id);
      expect(Date.parse(second.meta.expiry)).toBeGreaterThan(Date.parse(first.meta.expiry));

      await page.goto(`/entitlements/${customer.entitlementId}`);
      await page.getByRole('link', { name: /^Release/ }).click();
      await releaseAs(page, 'It is lost');
      await expect(page.getByText('1 of 1').first()).toBeVisible();
      await letFilesRunOut(customer.entitlementId);
      await page.goto(`/entitlements/${customer.entitlementId}`);
      await expect(page.getByText('0 of 1').first()).toBeVisible();
    });

    test('files are made from the pages of seat and entitlement, as usual or with choices', async ({
      page,
      operator,
      folder,
      signedIn,
    }) => {
      const customer = await makeCustomer(operator, { folder, seats: 2, terms: SOLD });
      await signedIn(customer.member);
      const key = await readKey(page, customer);
      await bring(page, { key, act: 'Use a seat and get the answer' });
      await page.getByRole('link', { name: 'Show the device' }).click();
      await page.getByRole('link', { name: /^Machine file… for/ }).click();
      await page.getByText('Advanced').click();
      if (javaScriptEnabled) await expectNoBarriers(page);
      await page.getByLabel('Signed with').selectOption('rsa-sha256');
      await page.getByLabel('Encrypted').selectOption('base64');
      await page.getByLabel('Lasts, in seconds').fill('60');
      await page.getByRole('button', { name: 'Make the machine file' }).click();
      await expect(page.getByText('Nothing was changed.')).toBeVisible();
      await page.getByText('Advanced').click();
      await page.getByLabel('Lasts, in seconds').fill('7200');
      await page.getByLabel('Encrypted').selectOption('base64');
      await page.getByRole('button', { name: 'Make the machine file' }).click();
      await expect(page.getByRole('heading', { name: /^The machine file for/ })).toBeVisible();

      await page.getByRole('link', { name: 'Show the device' }).click();
      await page.getByRole('link', { name: /^Machine file… for/ }).click();
      await page.getByRole('button', { name: 'Make an activation proof' }).click();
      await expect(page.getByRole('heading', { name: /^The activation proof of/ })).toBeVisible();
      await page.getByText('Show QR code').click();
      await expect(page.getByRole('img', { name: 'The text of the file' })).toBeVisible();

      await readKey(page, customer);
      await page.getByRole('link', { name: 'Licence file…' }).click();
      await page.getByRole('button', { name: 'Make the licence file' }).click();
      await expect(page.getByRole('heading', { name: 'The licence file is ready' })).toBeVisible();
      await expect(page.getByRole('link', { name: `Download ${customer.entitlementId}.lic` })).toBeVisible();
    });
  });
}

test('an activation proof is offered only where the vendor switched proofs on', async ({ page, operator, folder, signedIn }) => {
  const customer = await makeCustomer(operator, { folder, seats: 1, terms: WITHOUT_PROOFS });
  await signedIn(customer.member);
  await bring(page, { key: await readKey(page, customer), act: 'Use a seat and get the answer' });
  await page.getByRole('link', { name: 'Show the device' }).click();
  await page.getByRole('link', { name: /^Machine file… for/ }).click();
  await expect(page.getByRole('button', { name: 'Make the machine file' })).toBeVisible();
  await expect(page.getByText('Activation proof')).toHaveCount(0);
  await operator('offering', 'set', `${customer.product}-pro`, '--keygen-proofs', 'on');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Make an activation proof' })).toBeVisible();
});

test('the pages for software built for Keygen are good to look at', async ({ page, operator, folder, signedIn }) => {
  const customer = await makeCustomer(operator, { folder, seats: 3, terms: SOLD });
  await signedIn(customer.member);
  const key = await readKey(page, customer);
  await bring(page, { key, act: 'Use a seat and get the answer' });
  const file = new URL(page.url()).pathname;
  await page.getByRole('link', { name: 'Show the device' }).click();
  await expect(page.getByRole('heading', { name: /^Machine \w{4}-\w{2}$/, level: 1 })).toBeVisible();
  const device = new URL(page.url()).pathname;
  await page.getByRole('link', { name: /^Machine file… for/ }).click();
  await expect(page.getByRole('heading', { name: /^A new machine file/ })).toBeVisible();
  const seat = new URL(page.url()).pathname;
  const codes = `/entitlements/${customer.entitlementId}?tab=codes`;
  const as = customer.member;
  const shown = [
    { name: 'keygen-developers', path: '/keygen', as },
    { name: 'keygen-codes', path: codes, as },
    { name: 'keygen-licence-file', path: `/entitlements/${customer.entitlementId}/licence-file`, as },
    { name: 'keygen-machine-file', path: seat, as },
    { name: 'keygen-device', path: device, as },
    { name: 'keygen-answer', path: file, as },
  ];
  await expectGood(page, shown, signedIn);
});

test('keys, proofs and files are issued on the demo as it starts', async ({ operator, folder }) => {
  const listed = await operator('entitlement', 'list', '--search', 'Press Control', '--json');
  const { rows }: { rows: { entitlement: { id: string } }[] } = JSON.parse(listed.stdout);
  const ids = rows.map(({ entitlement }) => entitlement.id);
  expect(ids.length).toBeGreaterThan(1);
  for (const [index, id] of ids.entries()) {
    const key = ['keygen', 'issue', 'key', '--entitlement', id, '--out', join(folder, `${index}.key`), '--json'];
    expect(await answerOf(await operator(...key))).toMatchObject({ ok: true, isNewKey: true });
  }
  // Some of them have not begun, are over, or have no seat left; the others make proofs.
  const codes: string[] = [];
  for (const [index, id] of ids.entries()) {
    const proof = ['keygen', 'issue', 'proof', '--entitlement', id, '--fingerprint', `${FINGERPRINT} ${index}`];
    const made = await operator(...proof, '--out', join(folder, `${index}.proof`), '--json');
    codes.push(String(JSON.parse(made.stdout).code ?? 'made'));
  }
  expect(codes).toContain('made');
  expect(codes).not.toContain('keygen-proofs-off');
});

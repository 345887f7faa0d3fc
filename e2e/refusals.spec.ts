import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readGoodVectors } from '@/lib/dialects/native/testing/read-vectors';
import { expect, test } from './helpers/fixtures';
import type { MadeCustomer } from './helpers/make-customer';
import { answerOf, makeCustomer, TERMS } from './helpers/make-customer';
import { answerFile, playMachine } from './helpers/play-machine';

const KIB = 1024;

/** Files that no device wrote, and the code each is refused with. */
const STRANGE_FILES: readonly { name: string; bytes: Buffer; code: string }[] = [
  {
    name: 'page.html',
    bytes: Buffer.from('<!doctype html><title>Sign in to the hotel network</title>'),
    code: 'file-not-recognised',
  },
  { name: 'manual.pdf', bytes: Buffer.from('%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n', 'latin1'), code: 'file-not-text' },
  { name: 'empty.activation-request', bytes: Buffer.alloc(0), code: 'file-empty' },
  { name: 'large.activation-request', bytes: Buffer.alloc(64 * KIB + 1, 'A'), code: 'file-too-large' },
  { name: 'image.iso', bytes: Buffer.alloc(10 * KIB * KIB, 'A'), code: 'file-too-large' },
];

const handIn = {
  async withScripts(page: Page, file: string) {
    await page.getByLabel('Choose file').setInputFiles(file);
  },
  async withoutScripts(page: Page, file: string | null) {
    if (file !== null) await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Read the file' }).click();
  },
};

async function expectRefusal(page: Page, code: string): Promise<void> {
  await expect(page.getByText('Nothing was changed.')).toBeVisible();
  await expect(page.getByRole('code').filter({ hasText: code })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText(/unknown|invalid|error/i);
}

for (const [way, javaScriptEnabled] of [
  ['withScripts', true],
  ['withoutScripts', false],
] as const) {
  test.describe(way, () => {
    test.use({ javaScriptEnabled });

    test('what no device wrote is refused with its code, and leads back to the exchange', async ({
      page,
      operator,
      folder,
      signedIn,
    }) => {
      const { member } = await makeCustomer(operator, { folder, seats: 1 });
      await signedIn(member);
      for (const { name, bytes, code } of STRANGE_FILES) {
        const file = join(folder, name);
        writeFileSync(file, bytes);
        await page.goto('/exchange');
        await handIn[way](page, file);
        await expectRefusal(page, code);
        await page.getByRole('link', { name: 'Choose another file' }).click();
        await expect(page.getByRole('heading', { name: 'Exchange', level: 1 })).toBeVisible();
      }
    });

    test('an answer and a file for another vendor are refused with what to do instead', async ({
      page,
      device,
      operator,
      folder,
      signedIn,
    }) => {
      const customer = await makeCustomer(operator, { folder, seats: 1 });
      const machine = playMachine({ device, folder, customer, name: 'Press line 7' });
      const { answer } = await answerFile(operator, { file: await machine.request(), as: customer.member, folder });
      await signedIn(customer.member);
      await page.goto('/exchange');
      await handIn[way](page, answer ?? '');
      await expectRefusal(page, 'file-is-an-answer');
      await expect(page.getByText('Carry this file to the device and apply it there.')).toBeVisible();

      const other = join(folder, 'another-vendor.activation-request');
      const [vector] = readGoodVectors('requests');
      writeFileSync(other, vector !== undefined && 'file' in vector ? vector.file : '');
      await page.goto('/exchange');
      await handIn[way](page, other);
      await expectRefusal(page, 'exchange-key-unknown');
      await expect(page.getByRole('link', { name: /@/ })).toBeVisible();
    });
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('no file chosen is refused like an empty one', async ({ page, operator, folder, signedIn }) => {
    const { member } = await makeCustomer(operator, { folder, seats: 1 });
    await signedIn(member);
    await page.goto('/exchange');
    await handIn.withoutScripts(page, null);
    await expectRefusal(page, 'file-empty');
  });
});

interface Barred {
  readonly of: string;
  readonly code: string;
  readonly terms?: readonly string[];
  readonly sold?: readonly string[];
  readonly before?: (
    operator: (...parameters: string[]) => Promise<{ exitCode: number }>,
    made: MadeCustomer,
  ) => Promise<unknown>;
}

const ON_DATE = ['--plan', 'subscription', '--start', 'on-date', '--term', 'P1M', '--lease', 'P10D'];

const BARRED: readonly Barred[] = [
  { of: 'a term that is over', code: 'entitlement-expired', terms: ON_DATE, sold: ['--starts-at', '2020-01-01T00:00:00Z'] },
  { of: 'a term to come', code: 'entitlement-not-started', terms: ON_DATE, sold: ['--starts-at', '2120-01-01T00:00:00Z'] },
  {
    of: 'an entitlement that is disabled',
    code: 'entitlement-disabled',
    before: (operator, { entitlementId }) => operator('entitlement', 'disable', entitlementId),
  },
  { of: 'an entitlement for networks only', code: 'offline-not-allowed', terms: TERMS.slice(0, -2) },
];

for (const { of, code, terms = TERMS, sold = [], before } of BARRED) {
  test(`a request for ${of} is refused with the reason and whom to ask`, async ({ page, device, operator, folder, signedIn }) => {
    const customer = await makeCustomer(operator, { folder, seats: 1, terms, sold });
    await before?.(operator, customer);
    await signedIn(customer.member);
    await page.goto('/exchange');
    const request = await playMachine({ device, folder, customer, name: 'Press line 7' }).request();
    await page.getByLabel('Choose file').setInputFiles(request);
    await expectRefusal(page, code);
    await page.goto(`/entitlements/${customer.entitlementId}`);
    await expect(page.getByText('0 of 1').first()).toBeVisible();
  });
}

test('a request with a withdrawn code, and one with a code of nobody, are told apart', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  await signedIn(customer.member);
  const typo = { ...customer, code: 'AAAAA-AAAAA-AAAAA-AAAAA' };
  await page.goto('/exchange');
  await page
    .getByLabel('Choose file')
    .setInputFiles(await playMachine({ device, folder, customer: typo, name: 'Typo' }).request());
  await expectRefusal(page, 'activation-code-unknown');
  await answerOf(await operator('code', 'withdraw', customer.code, '--json'));
  await page.goto('/exchange');
  await page.getByLabel('Choose file').setInputFiles(await playMachine({ device, folder, customer, name: 'Late' }).request());
  await expectRefusal(page, 'activation-code-withdrawn');
});

test('whatever is posted to the upload address, it never answers with a fault', async ({ page, operator, folder, signedIn }) => {
  const { member } = await makeCustomer(operator, { folder, seats: 1 });
  await signedIn(member);
  const boundary = 'multipart/form-data; boundary=x';
  const bodies: readonly (readonly [string | null, Buffer])[] = [
    [boundary, Buffer.from('no parts at all')],
    [boundary, Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut off')],
    [boundary, Buffer.from('--x\r\n\r\n\r\n--x--')],
    [boundary, Buffer.from([0x2d, 0x2d, 0x78, 0x0d, 0x0a, 0x00, 0xff, 0xfe])],
    [boundary, Buffer.from('--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\u0000\u0001 \r\n--x--\r\n')],
    ['multipart/form-data', Buffer.from('--x--')],
    ['multipart/form-data; boundary=', Buffer.from('----')],
    ['application/x-www-form-urlencoded', Buffer.from('text=%00%ff%E0%A4%A&file=1&file=2')],
    ['application/json', Buffer.from('{"file":')],
    ['text/plain', Buffer.alloc(300 * KIB, 'A')],
    ['not a type', Buffer.from('x')],
    [boundary, Buffer.alloc(0)],
    [null, Buffer.from('x')],
  ];
  for (const [type, data] of bodies) {
    const headers = type === null ? {} : { 'content-type': type };
    const answer = await page.request.post('/exchange/upload', { headers, data, maxRedirects: 0 });
    expect(answer.status(), `${type} ${data.subarray(0, 40)}`).toBe(303);
    const shown = await page.request.get(answer.headers().location ?? '');
    expect(shown.status()).toBe(200);
    expect(await shown.text()).toContain('Nothing was changed.');
  }
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    const answer = await page.request.fetch('/exchange/upload', { method, data: 'x' });
    expect(answer.status()).toBe(405);
  }
});

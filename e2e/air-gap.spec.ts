import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './helpers/fixtures';
import { makeCustomer } from './helpers/make-customer';
import type { CommandResult } from './helpers/run-command';
import { signIn } from './helpers/sign-in';

const COMPONENTS = ['--component', 'machine=B-1', '--component', 'memory=D-1', '--component', 'mac=N-1'];

type Device = (...parameters: string[]) => Promise<CommandResult>;

async function statusOf(device: Device, state: string): Promise<{ state: string; endsAt: Date; sequence: number }> {
  const { stdout } = await device('status', '--state', state, ...COMPONENTS, '--json');
  const status: { state: string; lease: { sequence: number; endsAt: string } | null } = JSON.parse(stdout);
  return { state: status.state, endsAt: new Date(status.lease?.endsAt ?? 0), sequence: status.lease?.sequence ?? 0 };
}

async function expectDone(result: Promise<CommandResult>): Promise<void> {
  const { exitCode, stderr, stdout } = await result;
  expect(exitCode, stderr || stdout).toBe(0);
}

async function download(page: Page, to: string): Promise<void> {
  const link = page.getByRole('link', { name: /^Download .*\.(activation-response|refresh)$/ });
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  await file.saveAs(to);
}

const handIn = {
  async withScripts(page: Page, file: string) {
    await page.getByLabel('Choose file').setInputFiles(file);
  },
  async withoutScripts(page: Page, file: string) {
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Read the file' }).click();
  },
};

for (const [way, javaScriptEnabled, machine] of [
  ['withScripts', true, 'a process'],
  ['withoutScripts', false, 'in this process'],
] as const) {
  test.describe(way, () => {
    test.use({ javaScriptEnabled });

    test('a device is activated, refreshed and deactivated through the browser', async ({
      page,
      deviceProcess,
      device: deviceInProcess,
      operator,
      mailbox,
      folder,
    }) => {
      const device = machine === 'a process' ? deviceProcess : deviceInProcess;
      const { product, member, code, vendorFile } = await makeCustomer(operator, { folder, seats: 5 });
      const [state, request, answer] = [join(folder, 'state'), join(folder, 'a.request'), join(folder, 'a.answer')];
      const [refresh, proof] = [join(folder, 'a.refresh'), join(folder, 'a.proof')];
      const named = ['--vendor', vendorFile, '--product', product, '--code', code, '--name', 'Press line 7', '--lease', 'P30D'];
      await expectDone(device('request', '--state', state, ...named, ...COMPONENTS, '--out', request));

      await signIn(page, mailbox, { email: member });
      await handIn[way](page, request);
      await expect(page.getByRole('heading', { name: /^Activate Press line 7 on Studio/ })).toBeVisible();
      await expect(page.getByText('1 of 5').first()).toBeVisible();
      await expect(page.getByText('Now 0 of 5')).toBeVisible();
      await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
      await expect(page.getByRole('heading', { name: 'The answer for Press line 7 is ready' })).toBeVisible();
      await download(page, answer);
      await expectDone(device('apply', answer, '--state', state));
      const activated = await statusOf(device, state);
      expect(activated).toMatchObject({ state: 'active', sequence: 1 });

      await page.goto('/entitlements');
      await page.getByRole('link', { name: /^Studio/ }).click();
      await page.getByRole('button', { name: 'Refresh file for Press line 7' }).click();
      await expect(page.getByRole('heading', { name: 'The refresh for Press line 7 is ready' })).toBeVisible();
      await download(page, refresh);
      await expectDone(device('apply', refresh, '--state', state));
      const refreshed = await statusOf(device, state);
      expect(refreshed).toMatchObject({ state: 'active', sequence: 2 });
      expect(refreshed.endsAt.getTime()).toBeGreaterThan(activated.endsAt.getTime() + 50 * 86_400_000);

      await expectDone(device('deactivate', '--state', state, '--out', proof));
      await page.goto('/exchange');
      await handIn[way](page, proof);
      await expect(page.getByRole('heading', { name: /^Give back the seat of Press line 7/ })).toBeVisible();
      await page.getByRole('button', { name: 'Free the seat' }).click();
      await expect(page.getByRole('heading', { name: 'The seat of Press line 7 is free again' })).toBeVisible();
      await expect(page.getByText('0 of 5').first()).toBeVisible();
    });
  });
}

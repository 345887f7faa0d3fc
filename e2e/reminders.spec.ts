import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { readRuntime } from '@/lib/operator/runtime-file';
import { fromSetUp } from './environment';
import { expectNoBarriers } from './expect-no-barriers';
import { expect, test } from './fixtures';
import { makeCustomer, TERMS } from './make-customer';
import { activate, playMachine } from './play-machine';

/** A file that came with a mail, as it was before it was sent. */
function attachmentOf(mail: string, name: string): Buffer {
  const [, base64 = ''] = mail.split(`filename="${name}"`)[1]?.split(/\r?\n\r?\n/) ?? [];
  // The line that ends the part follows at once, and its letters would be read as well.
  return Buffer.from(base64.split(/\r?\n--/)[0] ?? '', 'base64');
}

/** Asks the portal for reminders, as the clock does every hour. */
async function askForReminders(): Promise<void> {
  const sql = postgres(readRuntime(fromSetUp('dataDir'))?.ownerUrl ?? '', { max: 1 });
  await sql`select graphile_worker.add_job('reminder.send', job_key := 'reminder.send', max_attempts := 3, job_key_mode := 'replace')`;
  await sql.end();
}

test('a reminder brings the refresh file by mail a day before the lease ends, and it applies on the device', async ({
  page,
  device,
  operator,
  folder,
  mailbox,
  signedIn,
}) => {
  // A day before its end is three seconds after its beginning.
  const terms = TERMS.map((term) => (term === 'P90D' ? 'P1DT3S' : term));
  const customer = await makeCustomer(operator, { folder, seats: 3, terms });
  const machine = playMachine({ device, folder, customer, name: 'Press 7' });
  await activate(operator, machine, { as: customer.member, folder });
  await signedIn(customer.member);
  await page.goto('/leases');
  const row = page.getByRole('row').filter({ hasText: 'Press 7' });
  await expect(async () => {
    await askForReminders();
    await page.reload();
    await expect(row).toContainText('With the file that was mailed. Without it:', { timeout: 500 });
  }).toPass({ timeout: 20_000 });

  const mail = await mailbox.nextReminder(customer.member);
  expect(mail).toContain('Subject: The lease of Press 7 ends on');
  const path = join(folder, 'mailed.refresh');
  writeFileSync(path, attachmentOf(mail, 'Press 7.refresh'));
  await machine.apply(path);
  await page.goto('/activity');
  await expect(page.getByText('The portal refreshed Press 7').first()).toBeVisible();
});

for (const [way, javaScriptEnabled] of [
  ['with scripts', true],
  ['without scripts', false],
] as const) {
  test.describe(way, () => {
    test.use({ javaScriptEnabled });

    test('a person chooses when they are reminded', async ({ page, operator, folder, signedIn }) => {
      const customer = await makeCustomer(operator, { folder, seats: 1 });
      await signedIn(customer.admin);
      await page.goto('/leases#reminders');
      const boxes = page.getByRole('group', { name: 'Remind me before a lease ends' }).getByRole('checkbox');
      const files = page.getByRole('checkbox', { name: 'Attach the refresh file of each device' });
      expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked))).toEqual([true, true, true]);
      await page.getByRole('checkbox', { name: '7 days before' }).uncheck();
      await files.uncheck();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText('Saved. This holds from the next mail on.')).toBeVisible();
      if (javaScriptEnabled) await expectNoBarriers(page);
      await page.goto('/leases');
      expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked))).toEqual([true, false, true]);
      await expect(files).not.toBeChecked();
      await page.goto('/activity');
      await expect(page.getByText('chose to be reminded 30 and 1 days before a lease ends').first()).toBeVisible();
    });
  });
}

import { expect, test } from './helpers/fixtures';
import { makeCustomer } from './helpers/make-customer';

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

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
    await page.goto('/leases');
    expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked))).toEqual([true, false, true]);
    await expect(files).not.toBeChecked();
    await page.goto('/activity');
    await expect(page.getByText('chose to be reminded 30 and 1 days before a lease ends').first()).toBeVisible();
  });
});

import { expect, test } from './helpers/fixtures';
import { makeCustomer } from './helpers/make-customer';
import { activate, playMachine } from './helpers/play-machine';
import { AT_ONCE, handIn, releaseAddress, releaseAs } from './helpers/release-steps';
import { createPerson } from './helpers/sign-in';

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a member whose file finds no seat free releases one from the refusal, and the file is one click from its answer', async ({
    page,
    device,
    operator,
    folder,
    signedIn,
  }) => {
    const customer = await makeCustomer(operator, { folder, seats: 1, terms: AT_ONCE });
    const machine = (name: string) => playMachine({ device, folder, customer, name });
    await activate(operator, machine('Press 1'), { as: customer.member, folder });
    await signedIn(customer.member);
    const file = await handIn(page, await machine('Press 2').request());
    await expect(page.getByRole('heading', { name: 'No seat of this entitlement is free' })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Press 1' })).toContainText(/Until .* Last exchange/);
    await page.getByRole('link', { name: 'Release… the seat of Press 1' }).click();

    await expect(page.getByText(/may go on running until/)).toBeVisible();
    await expect(page.getByText('is free at once', { exact: true })).toBeVisible();
    await expect(page.getByText('3 of 3 in 30 days')).toBeVisible();
    const seat = new URL(page.url()).pathname;
    await releaseAs(page, 'It is broken');
    await expect(page).toHaveURL(new RegExp(file));
    await expect(page.getByText('The seat was released and is free.')).toBeVisible();
    await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
    await expect(page.getByRole('heading', { name: 'The answer for Press 2 is ready' })).toBeVisible();

    await page.goto(seat);
    await expect(page.getByText('This cannot be undone. The seat has been used again')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Undo release' })).toHaveCount(0);
  });

  test('a release is undone as long as the seat was not used again', async ({ page, device, operator, folder, signedIn }) => {
    const customer = await makeCustomer(operator, { folder, seats: 1, terms: AT_ONCE });
    await activate(operator, playMachine({ device, folder, customer, name: 'Press 1' }), { as: customer.member, folder });
    await signedIn(customer.admin);
    await page.goto(await releaseAddress(page, customer, 'Press 1'));
    await releaseAs(page, 'It is lost');
    await expect(page.getByText('The seat was released and is free.')).toBeVisible();
    await expect(page.getByText('0 of 1').first()).toBeVisible();
    await page.getByRole('button', { name: 'Undo release' }).click();
    await expect(page.getByText('The release was undone.')).toBeVisible();
    await expect(page.getByText('1 of 1').first()).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'Press 1' })).toContainText('Active');
  });
});

test('a device that brings a file after its seat was released came back, for administrators and support to see', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 2, terms: AT_ONCE });
  const machine = playMachine({ device, folder, customer, name: `Tablet ${customer.mark}` });
  await activate(operator, machine, { as: customer.member, folder });
  await signedIn(customer.admin);
  await page.goto('/devices?came-back=yes');
  await expect(page.getByText('No device came back')).toBeVisible();
  const seat = await releaseAddress(page, customer, machine.name);
  await page.goto(seat);
  await releaseAs(page, 'It is lost');
  await expect(page.getByText('The seat was released and is free.')).toBeVisible();
  await handIn(page, await machine.deactivate());
  await expect(page.getByText('Nothing was changed.').first()).toBeVisible();

  for (const person of [customer.admin, await createPerson(operator)]) {
    await signedIn(person);
    await page.goto('/devices');
    await page.getByRole('link', { name: 'Came back' }).click();
    await page.getByRole('link', { name: machine.name }).click();
    await expect(page.getByText('This device came back')).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'Released' })).toContainText('Came back');
  }
  await signedIn(customer.member);
  await page.goto('/devices');
  await expect(page.getByRole('link', { name: 'Came back' })).toHaveCount(0);
});

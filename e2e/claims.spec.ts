import { expect, test } from './helpers/fixtures';
import { makeCustomer } from './helpers/make-customer';
import { activate, playMachine } from './helpers/play-machine';
import type { Shown } from './helpers/release-steps';
import { AT_ONCE, askAs, expectGood, handIn, releaseAddress, WITH_APPROVAL } from './helpers/release-steps';
import { createPerson } from './helpers/sign-in';

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a claim is made from the refusal, answered by somebody else, and the seat is free for the file', async ({
    page,
    device,
    operator,
    folder,
    signedIn,
    mailbox,
  }) => {
    const customer = await makeCustomer(operator, { folder, seats: 1, terms: WITH_APPROVAL });
    const machine = (name: string) => playMachine({ device, folder, customer, name });
    await activate(operator, machine('Press 1'), { as: customer.member, folder });
    await signedIn(customer.admin);
    await signedIn(customer.member);
    const file = await handIn(page, await machine('Press 2').request());
    await page.getByRole('link', { name: 'Ask for release… the seat of Press 1' }).click();
    await askAs(page, 'It was stolen', 'From the van, <b>at night</b>');
    await expect(page).toHaveURL(new RegExp(file));
    await expect(page.getByText('You asked for the release.')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Press 1' })).toContainText('Waiting for an answer');
    await expect(page.getByRole('link', { name: 'Claims' })).toHaveCount(0);

    const asked = (await mailbox.next(customer.admin)).replace(/=\r?\n/g, '');
    expect(asked).toContain('Subject: Please answer: release of the seat of Press 1');
    const [, address = ''] = /(\/claims\/[0-9a-f-]{36})/.exec(asked) ?? [];
    await signedIn(customer.admin);
    await page.goto('/exchange');
    await page.getByRole('link', { name: 'Claims 1 waiting' }).first().click();
    await page.getByRole('table', { name: 'Claims that wait' }).getByRole('link', { name: 'Press 1' }).click();
    await expect(page).toHaveURL(address);
    await expect(page.getByText('From the van, <b>at night</b>')).toBeVisible();
    await page.getByLabel('Your answer').fill('Sorry to hear that');
    await page.getByRole('button', { name: 'Approve and release seat' }).click();
    await expect(page.getByText('You approved the claim, and the seat was released.')).toBeVisible();
    await expect(page.getByRole('link', { name: /Claims .* waiting/ })).toHaveCount(0);

    const answered = (await mailbox.next(customer.member)).replace(/=\r?\n/g, '');
    expect(answered).toContain('Subject: Approved: release of the seat of Press 1');
    await signedIn(customer.member);
    await page.goto(address);
    await expect(page.getByText('Sorry to hear that')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Take claim back' })).toHaveCount(0);
    await page.goto(file);
    await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
    await expect(page.getByRole('heading', { name: 'The answer for Press 2 is ready' })).toBeVisible();
  });

  test('a claim is refused with words, and another one taken back', async ({ page, device, operator, folder, signedIn }) => {
    const customer = await makeCustomer(operator, { folder, seats: 2, terms: WITH_APPROVAL });
    await activate(operator, playMachine({ device, folder, customer, name: 'Press 1' }), { as: customer.member, folder });
    const ask = async () => {
      await signedIn(customer.member);
      await page.goto(await releaseAddress(page, customer, 'Press 1'));
      await askAs(page, 'It is lost');
      await expect(page.getByText('You asked for the release.')).toBeVisible();
      return new URL(page.url()).pathname;
    };
    const first = await ask();
    await signedIn(await createPerson(operator));
    await page.goto(first);
    await page.getByLabel('Your answer').fill('It is in the storeroom');
    await page.getByRole('button', { name: 'Refuse' }).click();
    await expect(page.getByText('You refused the claim.')).toBeVisible();

    const second = await ask();
    await page.getByRole('button', { name: 'Take claim back' }).click();
    await expect(page.getByText('You took the claim back.')).toBeVisible();
    await page.goto('/claims');
    const rows = page.getByRole('table', { name: 'Closed claims' }).getByRole('row');
    await expect(rows.filter({ hasText: 'Refused' })).toHaveCount(1);
    await expect(page.getByText('Nothing waits')).toBeVisible();
    expect(second).not.toBe(first);
    await page.goto(first);
    await expect(page.getByText('It is in the storeroom')).toBeVisible();
  });

  // Scripts would put back what was tampered with when the page wakes up.
  test('forms that were tampered with release, undo and answer nothing of others', async ({
    page,
    device,
    operator,
    folder,
    signedIn,
    expectedConsoleErrors,
  }) => {
    expectedConsoleErrors.push(/status of 404/);
    const [customer, other] = [
      await makeCustomer(operator, { folder, seats: 1, terms: WITH_APPROVAL }),
      await makeCustomer(operator, { folder, seats: 1, terms: AT_ONCE }),
    ];
    await activate(operator, playMachine({ device, folder, customer, name: 'Press 1' }), { as: customer.member, folder });
    await activate(operator, playMachine({ device, folder, customer: other, name: 'Theirs' }), { as: other.member, folder });
    await signedIn(other.member);
    const foreignFile = await handIn(page, await playMachine({ device, folder, customer: other, name: 'Next' }).request());
    const foreignSeat = await releaseAddress(page, other, 'Theirs');
    const set = (name: string, value: string) =>
      page
        .locator(`input[name=${name}]`)
        .first()
        .evaluate((field: HTMLInputElement, text) => {
          field.value = text;
        }, value);

    await signedIn(customer.admin);
    const seat = await releaseAddress(page, customer, 'Press 1');
    await page.goto(`${seat}?file=${foreignFile.split('/').at(-1)}`);
    await expect(page.getByRole('link', { name: 'Keep it' })).toHaveAttribute('href', /^\/entitlements\//);
    await expect(page.locator('input[name=file]')).toHaveCount(0);

    await set('activation', foreignSeat.split('/')[2] ?? '');
    await askAs(page, 'It is lost');
    await expect(page).toHaveURL(/refused=not-found/);

    await page.goto(seat);
    await askAs(page, 'It is lost');
    await expect(page.getByText('You asked for the release.')).toBeVisible();
    const own = new URL(page.url()).pathname;
    await expect(page.getByRole('button', { name: 'Approve and release seat' })).toHaveCount(0);

    // The form that answers somebody else's claim, sent for one's own.
    await signedIn(customer.member);
    expect((await page.goto(own))?.status()).toBe(404);
    const third = await makeCustomer(operator, { folder, seats: 1, terms: WITH_APPROVAL });
    await activate(operator, playMachine({ device, folder, customer: third, name: 'Third' }), { as: third.member, folder });
    for (const person of [third.admin, third.member]) await signedIn(person);
    await page.goto(await releaseAddress(page, third, 'Third'));
    await askAs(page, 'It is lost');
    const theirs = new URL(page.url()).pathname;
    await signedIn(third.admin);
    await page.goto(theirs);
    await set('claim', own.split('/').at(-1) ?? '');
    await signedIn(customer.admin);
    await page.getByRole('button', { name: 'Approve and release seat' }).click();
    await expect(page.getByText('You asked for this release yourself')).toBeVisible();

    await signedIn(third.admin);
    await page.goto(theirs);
    await set('claim', own.split('/').at(-1) ?? '');
    await page.getByRole('button', { name: 'Approve and release seat' }).click();
    await expect(page).toHaveURL(/refused=not-found/);

    for (const address of [own, foreignSeat, '/claims/none', '/seats/none/release']) {
      expect((await page.goto(address))?.status(), address).toBe(404);
    }
    await signedIn(other.member);
    await page.goto(foreignSeat);
    await expect(page.getByRole('button', { name: 'Release seat' })).toBeVisible();
  });
});

test('the pages of releases and claims have no barriers, wide and on a phone, in both themes', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 2, terms: [...WITH_APPROVAL, '--release-limit', '3/30'] });
  const machine = (name: string) => playMachine({ device, folder, customer, name });
  for (const name of ['Press 1', 'Sorter 2']) await activate(operator, machine(name), { as: customer.member, folder });
  for (const person of [customer.admin, customer.member]) await signedIn(person);
  const full = await handIn(page, await machine('Press 3').request());
  const asked = await releaseAddress(page, customer, 'Press 1');
  const waiting = await releaseAddress(page, customer, 'Sorter 2');
  await page.goto(asked);
  await askAs(page, 'It was stolen', 'From the van, on the way to the plant in the north');
  await expect(page).toHaveURL(/done=opened/);
  const claim = new URL(page.url()).pathname;
  const shown: readonly Shown[] = [
    { name: 'refused-full', path: full, as: customer.member },
    { name: 'release-asks', path: waiting, as: customer.member },
    { name: 'claim-own', path: claim, as: customer.member },
    { name: 'claim-answer', path: claim, as: customer.admin },
    { name: 'claims', path: '/claims', as: customer.admin },
    { name: 'entitlement-claim', path: `/entitlements/${customer.entitlementId}`, as: customer.admin },
  ];
  await expectGood(page, shown, signedIn);

  await signedIn(customer.admin);
  await page.goto(claim);
  await page.getByLabel('Your answer').fill('Sorry to hear that');
  await page.getByRole('button', { name: 'Approve and release seat' }).click();
  await expect(page).toHaveURL(/done=approved/);
  await expect(page.getByText('may not be anybody else')).toHaveCount(0);
  const support = await createPerson(operator);
  await signedIn(support);
  await page.goto(claim);
  await expect(page.getByText('Whoever approved may not be anybody else than whoever asked.')).toBeVisible();
  await page.goto('/activity?kind=claims');
  await expect(page.getByText('and may not be anybody else').first()).toBeVisible();
  const { exitCode, stderr } = await operator('entitlement', 'policy', customer.entitlementId, '--release-approval', 'no');
  expect(exitCode, stderr).toBe(0);
  await expectGood(
    page,
    [
      { name: 'release', path: waiting, as: customer.admin },
      { name: 'seat-released', path: asked, as: customer.admin },
      { name: 'claim-approved', path: `${claim}?done=approved`, as: customer.admin },
      { name: 'claim-approved-with-ties', path: claim, as: support },
      { name: 'claims-closed', path: '/claims', as: customer.admin },
      {
        name: 'entitlement-after',
        path: `/entitlements/${customer.entitlementId}?released=free&seat=${asked.split('/')[2]}`,
        as: customer.admin,
      },
      { name: 'came-back', path: '/devices?came-back=yes', as: customer.admin },
    ],
    signedIn,
  );
});

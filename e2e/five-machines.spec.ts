import { readFileSync } from 'node:fs';
import { expectNoBarriersAnywhere } from './helpers/expect-no-barriers';
import { expect, test } from './helpers/fixtures';
import type { MadeCustomer } from './helpers/make-customer';
import { makeCustomer, TERMS } from './helpers/make-customer';
import type { PlayedMachine } from './helpers/play-machine';
import { activate, answerFile, playMachine } from './helpers/play-machine';
import { AT_ONCE, expectGood, handIn, releaseAddress } from './helpers/release-steps';
import type { CommandResult } from './helpers/run-command';
import { createPerson } from './helpers/sign-in';

type CommandLine = (...parameters: string[]) => Promise<CommandResult>;

interface Workshop {
  readonly device: CommandLine;
  readonly folder: string;
  readonly customer: MadeCustomer;
}

/** What the first machine is known by. */
const PARTS = { machine: 'board 4711', memory: 'memory 4711', mac: 'network 4711' };
/** What no product declares, and any program can write. */
const MADE_UP = { licence: 'shared 1', dongle: 'shared 2', room: 'shared 3' };

/** Four machines beside the first, each of which wants to be taken for it. Each has keys of its own. */
function attackers({ device, folder, customer }: Workshop): { machine: PlayedMachine; copies: boolean }[] {
  const play = (name: string, components: Record<string, string>) => playMachine({ device, folder, customer, name, components });
  return [
    { machine: play('Press 2', MADE_UP), copies: false },
    { machine: play('Press 3', PARTS), copies: true },
    { machine: play('Press 4', { machine: PARTS.machine, memory: PARTS.memory }), copies: true },
    { machine: play('Press 5', { ...PARTS, ...MADE_UP }), copies: true },
  ];
}

/** What the command line says of a file. */
async function said(operator: CommandLine, file: string, ...more: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await operator('exchange', file, ...more, '--json');
  const { files }: { files: [Record<string, unknown>] } = JSON.parse(stdout);
  return files[0];
}

test('five machines on one seat: a member gets an answer for the first alone, in the browser and on the command line', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  const first = playMachine({ device, folder, customer, name: 'Press 1', components: { ...PARTS, ...MADE_UP } });
  await activate(operator, first, { as: customer.member, folder });
  await signedIn(customer.member);
  for (const { machine, copies } of attackers({ device, folder, customer })) {
    const code = copies ? 'reinstall-needs-release' : 'no-seat-free';
    const file = await machine.request();
    await handIn(page, file);
    await expect(page.getByRole('code')).toHaveText(new RegExp(`^${code} `));
    const holder = page.getByRole('listitem').filter({ hasText: 'Press 1' });
    await expect(holder).toContainText(/Until/);
    await expect(holder.getByText('Looks like the machine of this file')).toHaveCount(copies ? 1 : 0);
    const told = await said(operator, file, '--as', customer.member, '--out', folder);
    expect(told).toMatchObject({ ok: false, code, holders: [{ device: 'Press 1', person: 'Mira Member' }] });
    expect(await said(operator, file, '--as', customer.member, '--out', folder, '--another-machine')).toMatchObject({
      ok: false,
      code: 'no-seat-free',
    });
  }
  await signedIn(customer.admin);
  await page.goto(`/entitlements/${customer.entitlementId}`);
  await expect(page.getByText('1 of 1').first()).toBeVisible();
  await expect(page.getByText(/machines may run/)).toHaveCount(0);
});

test('where a seat is free, a machine with copied parts takes one of its own, and the page says why', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 2 });
  const machine = (name: string) => playMachine({ device, folder, customer, name, components: PARTS });
  await activate(operator, machine('Press 1'), { as: customer.member, folder });
  await signedIn(customer.member);
  const file = await machine('Press 2').request();
  await handIn(page, file);
  await expect(
    page.getByText(/This looks like “Press 1”\. That one keeps its seat, until .* somebody who may release it/),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'This is another machine' })).toHaveCount(0);
  const before = await said(operator, file, '--as', customer.member, '--preview');
  expect(before).toMatchObject({ olderSeat: 'kept', whyNotMoved: 'reinstall-needs-release', seatsAfter: 2, mayRun: 1 });
  await page.getByRole('button', { name: 'Use a seat and get the answer' }).click();
  await expect(page.getByRole('heading', { name: 'The answer for Press 2 is ready' })).toBeVisible();
  await expect(page.getByText('2 of 2').first()).toBeVisible();
  await handIn(page, await machine('Press 3').request());
  await expect(page.getByRole('code')).toHaveText(/^reinstall-needs-release /);
  await page.goto('/activity');
  await expect(page.getByText(/on a seat of its own beside a machine that looks the same/)).toBeVisible();
});

test('where members may release their own seats, one reinstall is all they get, and the administrator sees which machines may run', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 1, terms: AT_ONCE });
  const machine = (name: string) => playMachine({ device, folder, customer, name, components: PARTS });
  await activate(operator, machine('Press 1'), { as: customer.member, folder });
  const moved = await said(operator, await machine('Press 2').request(), '--as', customer.member, '--out', folder);
  expect(moved).toMatchObject({ ok: true, olderSeat: 'moves', seatsAfter: 1, mayRun: 2 });
  await signedIn(customer.member);
  for (const name of ['Press 3', 'Press 4', 'Press 5']) {
    await handIn(page, await machine(name).request());
    await expect(page.getByRole('code')).toHaveText(/^reinstalls-used-up /);
    await expect(page.getByRole('listitem').filter({ hasText: 'Press 1' })).toContainText('Looks like the machine of this file');
  }
  for (const person of [customer.admin, await createPerson(operator)]) {
    await signedIn(person);
    await page.goto(`/entitlements/${customer.entitlementId}`);
    await expect(page.getByText(/^2 machines may run on 1 seat until/)).toBeVisible();
    const older = page
      .getByRole('listitem')
      .filter({ hasText: /Press 1 was set up anew on .*the old installation may run until/ });
    await expect(older).toBeVisible();
    await expect(page.getByText(/^Reinstalls: 1 of 1 used in 90 days; one more from/)).toContainText('takes a seat of its own');
    await page.goto(`/entitlements?q=${customer.product}`);
    await expect(page.getByRole('row').filter({ hasText: customer.title })).toContainText('2 may run');
  }
  const csv = await (await page.request.get(`/entitlements/export?q=${customer.product}`)).text();
  expect(csv.split('\r\n')[0]).toContain('Seats in use,May run');
  expect(csv).toMatch(/,1,1,2,/);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an administrator brings the file of a machine that was set up anew, and its seat moves', async ({
    page,
    device,
    operator,
    folder,
    signedIn,
  }) => {
    const customer = await makeCustomer(operator, { folder, seats: 2 });
    const machine = (name: string) => playMachine({ device, folder, customer, name, components: PARTS });
    await activate(operator, machine('Press 1'), { as: customer.member, folder });
    await signedIn(customer.admin);
    const anew = machine('Press 1 again');
    await handIn(page, await anew.request());
    await expect(page.getByText(/This looks like “Press 1”, set up anew\. Its seat moves here\./)).toBeVisible();
    await expect(page.getByText(/counts as the one reinstall that is allowed until/)).toBeVisible();
    await expect(page.getByText(/^2 machines may run on 1 seat until/)).toBeVisible();
    await page.getByRole('button', { name: 'Get the answer' }).click();
    await expect(page.getByRole('heading', { name: 'The answer for Press 1 is ready' })).toBeVisible();
    await expect(page.getByText('1 of 2').first()).toBeVisible();
    await expect(page.getByText(/^2 machines may run on 1 seat until/)).toBeVisible();
    await page.goto('/activity');
    await expect(page.getByText(/the seat of its older installation moved to it; 2 machines may run/)).toBeVisible();
  });

  test('an administrator says that it is another machine, which takes a seat of its own', async ({
    page,
    device,
    operator,
    folder,
    signedIn,
  }) => {
    const customer = await makeCustomer(operator, { folder, seats: 3 });
    const machine = (name: string) => playMachine({ device, folder, customer, name, components: PARTS });
    await activate(operator, machine('Press 1'), { as: customer.member, folder });
    await signedIn(customer.admin);
    await handIn(page, await machine('Press 2').request());
    await page.getByRole('button', { name: 'This is another machine: use a seat' }).click();
    await expect(page.getByRole('heading', { name: 'The answer for Press 2 is ready' })).toBeVisible();
    await expect(page.getByText('2 of 3').first()).toBeVisible();

    const third = await machine('Press 3').request();
    expect(await said(operator, third, '--as', customer.admin, '--preview', '--another-machine')).toMatchObject({
      ...{ olderSeat: null, seatsBefore: 2, seatsAfter: 3 },
    });
    const told = await said(operator, third, '--as', customer.admin, '--out', folder, '--another-machine');
    expect(told).toMatchObject({ ok: true, device: 'Press 3', olderSeat: null, seatsAfter: 3, mayRun: 3 });
    await page.goto(`/entitlements/${customer.entitlementId}`);
    for (const name of ['Press 1', 'Press 2', 'Press 3']) {
      await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Active');
    }
  });

  test('a proof beyond the returns that are allowed says so before and after, and its seat stays in use', async ({
    page,
    device,
    operator,
    folder,
    signedIn,
  }) => {
    const customer = await makeCustomer(operator, { folder, seats: 1, terms: [...TERMS, '--returns', '1/30'] });
    const machine = (name: string) => playMachine({ device, folder, customer, name });
    const [one, two] = [machine('Press 1'), machine('Press 2')];
    await activate(operator, one, { as: customer.member, folder });
    await answerFile(operator, { file: await one.deactivate(), as: customer.member, folder });
    await activate(operator, two, { as: customer.member, folder });
    await signedIn(customer.member);
    const proof = await two.deactivate();
    await handIn(page, proof);
    await expect(
      page.getByText(/The seat stays in use until .* one proof frees a seat at once in 30 days, and that is used up/),
    ).toBeVisible();
    const before = await said(operator, proof, '--as', customer.member, '--preview');
    expect(before).toMatchObject({ seatsBefore: 1, seatsAfter: 1, heldUntil: expect.stringMatching(/Z$/) });
    await page.getByRole('button', { name: 'End the activation' }).click();
    await expect(page.getByRole('heading', { name: 'Press 2 has given up its seat' })).toBeVisible();
    await expect(page.getByText(/The seat stays in use until/)).toBeVisible();
    await expect(page.getByText('1 of 1').first()).toBeVisible();
    await page.goto('/activity');
    await expect(page.getByText(/deactivated Press 2.*and its seat stays in use until/)).toBeVisible();
  });
});

test('what a machine reports beside the parts that count is shown as such', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  const components = { ...PARTS, room: 'hall 3' };
  const machine = playMachine({ device, folder, customer, name: 'Press 1', components });
  const request = await machine.request();
  expect(readFileSync(request, 'utf8')).not.toContain('hall 3');
  const { answer } = await answerFile(operator, { file: request, as: customer.member, folder });
  expect(answer).not.toBeNull();
  await signedIn(customer.admin);
  await page.goto(`/entitlements/${customer.entitlementId}`);
  await page.getByRole('link', { name: 'Press 1', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Also reported' })).toHaveText(/room/);
  await expect(page.getByText('Also reported; it does not count')).toHaveCount(1);
});

test('every page that tells of such machines can be read by everybody', async ({
  page,
  device,
  operator,
  folder,
  signedIn,
  baseURL,
  browser,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 3, terms: [...AT_ONCE, '--returns', '0'] });
  await operator('product', 'set', customer.product, '--guest-exchange', 'on');
  const machine = (name: string) => playMachine({ device, folder, customer, name, components: PARTS });
  const support = await createPerson(operator);
  await activate(operator, machine('Press 1'), { as: customer.member, folder });
  await signedIn(customer.admin);
  const moves = await handIn(page, await machine('Press 1 anew').request());
  await expectNoBarriersAnywhere(page, 'seat-moves');
  await page.getByRole('button', { name: 'Get the answer' }).click();
  await expect(page.getByRole('heading', { name: /is ready$/ })).toBeVisible();
  await expectNoBarriersAnywhere(page, 'seat-moved');
  const held = await handIn(page, await machine('Press 1 once more').request());
  await expectNoBarriersAnywhere(page, 'seat-of-its-own');

  const other = playMachine({ device, folder, customer, name: 'Bench' });
  await activate(operator, other, { as: customer.admin, folder });
  await page.goto(await releaseAddress(page, customer, 'Bench'));
  await expectNoBarriersAnywhere(page, 'release-used-up');
  const proof = await handIn(page, await other.deactivate());
  await expectNoBarriersAnywhere(page, 'proof-held');
  await page.getByRole('button', { name: 'End the activation' }).click();
  await expect(page.getByRole('heading', { name: 'Bench has given up its seat' })).toBeVisible();
  await expectNoBarriersAnywhere(page, 'proof-held-after');
  await activate(operator, playMachine({ device, folder, customer, name: 'Third' }), { as: customer.admin, folder });
  const here = `/entitlements/${customer.entitlementId}`;
  await page.goto(here);
  await page.getByRole('link', { name: 'Third', exact: true }).click();
  await expectGood(
    page,
    [
      { name: 'seat-refused', path: held, as: customer.admin },
      { name: 'seat-entitlement', path: here, as: customer.admin },
      { name: 'seat-terms', path: `${here}?tab=terms`, as: customer.admin },
      { name: 'seat-list', path: `/entitlements?q=${customer.product}`, as: support },
      { name: 'seat-activity', path: '/activity', as: customer.admin },
      { name: 'seat-inspected', path: held.replace('/exchange/', '/inspect/'), as: support },
      { name: 'seat-proof-inspected', path: proof.replace('/exchange/', '/inspect/'), as: support },
      { name: 'seat-answered', path: moves, as: customer.admin },
    ],
    signedIn,
  );
  const guest = await browser.newPage({ baseURL: baseURL ?? '' });
  await guest.goto('/guest');
  await guest.getByLabel('Choose file').setInputFiles(await machine('Press 1 by a guest').request());
  await expect(guest.getByText('Nothing was changed.')).toBeVisible();
  await expectNoBarriersAnywhere(guest, 'seat-guest-refused');
  await guest.close();
});

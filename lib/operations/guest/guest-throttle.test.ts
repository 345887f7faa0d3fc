import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateActivationCode } from '@/lib/signing/activation-code';
import { perform } from '../operation';
import { standingOf } from '../testing/exchange';
import { allowGuests, exchangeAsGuest, makeGuest, showToGuest, submitAsGuest } from '../testing/guest';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { guestDownload, guestPreview } from './guest-preview';
import { guestSubmit } from './guest-submit';

let portal: TestPortal;
let customer: TestCustomer;
const from = (client: string) => portal.contextFor(makeGuest({ client }));

beforeAll(async () => {
  portal = await makeTestPortal();
  await allowGuests(portal);
  customer = await makeCustomer(portal);
});
afterAll(() => portal.close());

/** Which of so many tries was the first to be held back; -1 when none was. */
async function firstHeldBack(tries: number, attempt: (round: number) => Promise<{ code: string | null }>): Promise<number> {
  for (let round = 0; round < tries; round += 1) if ((await attempt(round)).code === 'too-many-attempts') return round;
  return -1;
}

test('files that cannot be opened, or prove nothing, are held back by address, whatever browser they come from; others go on', async () => {
  const entitlement = await makeEntitlement(portal, customer);
  const device = await makeDevice(portal, entitlement);
  expect(await firstHeldBack(30, (round) => submitAsGuest(from('192.0.2.1'), `nonsense ${round}`))).toBe(20);
  const wrong = () => device.request({ activationCode: generateActivationCode() });
  expect(await firstHeldBack(30, async () => submitAsGuest(from('192.0.2.2'), await wrong()))).toBe(20);

  const { length } = await portal.db.execute(sql`select from exchanges`);
  const good = await device.request();
  expect((await submitAsGuest(from('192.0.2.1'), good)).code).toBe('too-many-attempts');
  expect(await portal.db.execute(sql`select from exchanges`)).toHaveLength(length);
  expect((await submitAsGuest(from('192.0.2.3'), good)).code).toBeNull();
});

test('files of one address are held back when nobody has them answered, and not when they are', async () => {
  const entitlement = await makeEntitlement(portal, customer, { seats: 100 });
  const other = await makeEntitlement(portal, customer, { seats: 100 });
  const device = await makeDevice(portal, entitlement);
  const file = await device.request();
  expect(await firstHeldBack(50, () => submitAsGuest(from('192.0.2.4'), file))).toBe(40);
  const answered = await firstHeldBack(45, async () =>
    exchangeAsGuest(from('192.0.2.5'), await (await makeDevice(portal, other)).request()),
  );
  expect(answered).toBe(-1);
  expect(await standingOf(portal, other.id)).toMatchObject({ held: 45 });
});

test('one code is held back from whatever address, and says until when; another code is not', async () => {
  const [entitlement, other] = [await makeEntitlement(portal, customer), await makeEntitlement(portal, customer)];
  const device = await makeDevice(portal, entitlement);
  const file = await device.request();
  const address = (round: number) => `198.51.100.${round}`;
  expect(await firstHeldBack(70, (round) => submitAsGuest(from(address(round)), file))).toBe(60);
  const bytes = new TextEncoder().encode(await device.request());
  const held = await perform(guestSubmit, { fileName: null, bytes }, from(address(200)));
  expect(held).toMatchObject({ ok: false, rejection: { code: 'too-many-attempts' } });
  const retryAt = held.ok ? 0 : Date.parse(String(held.rejection.facts.retryAt));
  expect(retryAt).toBeGreaterThan(Date.now() + 50 * 60_000);
  expect(retryAt).toBeLessThanOrEqual(Date.now() + 60 * 60_000);
  expect((await submitAsGuest(from(address(201)), await (await makeDevice(portal, other)).request())).code).toBeNull();
});

test('looking at files and fetching answers is held back by address, whatever is looked for; others go on', async () => {
  const device = await makeDevice(portal, await makeEntitlement(portal, customer));
  const guest = makeGuest({ client: '192.0.2.6' });
  const { submissionId } = await exchangeAsGuest(portal.contextFor(guest), await device.request());
  const look = async (round: number) => {
    const id = round % 2 === 0 ? randomUUID() : submissionId;
    const operation = round % 3 === 0 ? guestDownload : guestPreview;
    const result = await perform<unknown, unknown>(operation as never, { submissionId: id }, portal.contextFor(guest));
    return { code: result.ok ? null : result.rejection.code };
  };
  expect(await firstHeldBack(210, look)).toBe(200);
  expect(await showToGuest(portal.contextFor({ ...guest, client: '192.0.2.7' }), submissionId)).toMatchObject({ ok: true });
});

test('a thousand tries of random codes, from as many addresses, tell nothing and take nothing', async () => {
  const entitlement = await makeEntitlement(portal, customer);
  const device = await makeDevice(portal, entitlement);
  const before = await standingOf(portal, entitlement.id);
  const seen = new Set<string>();
  const attempt = async (round: number) => {
    const guest = from(`2001:db8:${round.toString(16)}::/64`);
    const { submissionId, code } = await submitAsGuest(guest, await device.request({ activationCode: generateActivationCode() }));
    expect(code).toBe('guest-refused');
    if (round % 25 !== 0) return;
    const shown = await showToGuest(guest, submissionId);
    const reference = shown.ok && shown.value.state === 'refused' ? shown.value.reference : '';
    seen.add(JSON.stringify(shown).replace(reference, ''));
  };
  for (let round = 0; round < 1000; round += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, place) => attempt(round + place)));
  }
  expect(seen.size).toBe(1);
  expect([...seen][0]).toContain('guest-refused');
  expect(await standingOf(portal, entitlement.id)).toEqual(before);
});

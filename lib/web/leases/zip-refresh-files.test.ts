import { sql } from 'drizzle-orm';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDevice } from '@/lib/device/index';
import { memoryStore } from '@/lib/device/state-store';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { OperationContext } from '@/lib/operations/context';
import type { RefreshOutcome } from '@/lib/operations/leases/issue-refresh-files';
import { issueRefreshFiles } from '@/lib/operations/leases/issue-refresh-files';
import { perform } from '@/lib/operations/operation';
import { cloneActivations } from '@/lib/operations/testing/clone-activations';
import { activationOf, exchange, replyOf } from '@/lib/operations/testing/exchange';
import type { TestCustomer } from '@/lib/operations/testing/test-customer';
import { makeCustomer, makeEntitlement } from '@/lib/operations/testing/test-customer';
import type { TestPortal } from '@/lib/operations/testing/test-portal';
import { makeTestPortal } from '@/lib/operations/testing/test-portal';
import { makeVisitor } from '@/lib/operations/testing/visitor';
import { zipRefreshFiles } from './zip-refresh-files';

const MANY = 1000;

let portal: TestPortal;
let customer: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
});

afterAll(() => portal.close());

/** A machine of the reference client, activated on an entitlement. */
async function activate(entitlement: { code: string }, deviceName: string) {
  const { privateJwk: _, ...root } = portal.root;
  const vendor = {
    vendor_id: portal.vendorId,
    name: 'Kestrel Automation',
    root_public_jwk: root.publicJwk,
    exchange_public_jwk: portal.exchangeJwk,
  };
  const store = memoryStore();
  const components = { machine: `${deviceName} board`, memory: `${deviceName} disk`, mac: `${deviceName} network` };
  const clock = { now: () => new Date(), followsFileTimes: true };
  const device = openDevice({ store, clock, readComponents: () => components });
  const wanted = { vendor, productCode: 'press-control', activationCode: entitlement.code, deviceName, platform: 'linux' };
  const context = portal.contextFor(customer.member);
  const answered = await exchange(context, (await device.request(wanted as never)).text);
  expect(await device.apply(await replyOf(context, answered))).toMatchObject({ ok: true });
  return { device, activationId: await activationOf(portal, answered) };
}

async function makeMany(machines: number) {
  const entitlement = await makeEntitlement(portal, customer, { seats: machines + 10 });
  const real = [
    await activate(entitlement, 'Real one'),
    await activate(entitlement, 'Real two'),
    await activate(entitlement, 'real ONE'),
  ];
  const source = real[0]?.activationId ?? '';
  await cloneActivations(portal, source, machines - real.length);
  return { entitlement, real };
}

async function start(
  entitlementId: string,
  contextNow = async (): Promise<OperationContext> => portal.contextFor(customer.member),
) {
  const result = await perform(issueRefreshFiles, { entitlementId }, { ...(await contextNow()), contextNow });
  if (!result.ok) throw new Error(`expected refresh files, found ${result.rejection.code}`);
  return result.value;
}

/** Refresh files that were made of an entitlement. */
async function madeOf(entitlementId: string): Promise<number> {
  const rows = await portal.db.execute<{ made: number }>(sql`select count(*)::integer as made from exchanges
    where entitlement_id = ${entitlementId} and kind = 'refresh' and outcome = 'renewed'`);
  return rows[0]?.made ?? 0;
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Record<string, Uint8Array>> {
  return unzipSync(new Uint8Array(await new Response(stream).arrayBuffer()));
}

const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

/** What has been made after so many files were read from the zip. Counts the data descriptor that ends each. */
async function madeWhileReading(
  stream: ReadableStream<Uint8Array>,
  { entitlementId, files }: { entitlementId: string; files: number },
) {
  const reader = stream.getReader();
  const made: number[] = [];
  while (made.length < files) {
    const { value, done } = await reader.read();
    if (done) break;
    const ended = value.byteLength === 16 && new DataView(value.buffer, value.byteOffset).getUint32(0) === 0x504b0708;
    if (ended) made.push(await madeOf(entitlementId));
  }
  return { made, reader };
}

/** A zip that makes all files before it sends the first: what must not be. */
async function* eagerly(files: AsyncGenerator<RefreshOutcome, void>): AsyncGenerator<RefreshOutcome, void> {
  const kept: RefreshOutcome[] = [];
  for await (const file of files) kept.push(file);
  yield* kept;
}

describe('refresh files for a whole entitlement', () => {
  it(`are one for each of ${MANY} devices, with names of their own, and apply on the devices`, async () => {
    const { entitlement, real } = await makeMany(MANY);
    const before = await madeOf(entitlement.id);
    const files = await readAll(zipRefreshFiles(await start(entitlement.id)));
    expect((await madeOf(entitlement.id)) - before).toBe(MANY);
    const names = Object.keys(files);
    expect(names).toHaveLength(MANY);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(MANY);
    for (const name of names) expect(name).toMatch(/^[^/\\:*?"<>|.\p{Cc}][^/\\:*?"<>|\p{Cc}]*\.refresh$/u);
    const ofReal = names.filter((name) => name.toLowerCase().startsWith('real'));
    const lowerCase = ofReal.map((name) => name.toLowerCase()).sort();
    expect(lowerCase).toEqual(['real one (2).refresh', 'real one.refresh', 'real two.refresh']);
    for (const { device } of real) {
      const applied = await Promise.all(ofReal.map((name) => device.apply(textOf(files[name]))));
      expect(applied.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await device.status()).toMatchObject({ mayRun: true, reply: { lease: { sequence: 2 } } });
    }
  });

  it('are made one at a time, when the one before was taken; one that makes all first is found out', async () => {
    const { entitlement } = await makeMany(12);
    const lazy = await madeWhileReading(zipRefreshFiles(await start(entitlement.id)), {
      entitlementId: entitlement.id,
      files: 6,
    });
    await lazy.reader.cancel();
    // When the end of a file is read, the stream may be at the beginning of the next one, and not beyond.
    for (const [file, made] of lazy.made.entries()) expect([file + 1, file + 2]).toContain(made);
    expect(lazy.made).toHaveLength(6);
    const already = await madeOf(entitlement.id);
    const eager = zipRefreshFiles(eagerly(await start(entitlement.id)));
    const { made, reader } = await madeWhileReading(eager, { entitlementId: entitlement.id, files: 1 });
    await reader.cancel();
    expect(made).toEqual([already + 12]);
  });

  it('stop when the reader goes, without a fault in the log', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { entitlement } = await makeMany(8);
    const files = await start(entitlement.id);
    const { reader } = await madeWhileReading(zipRefreshFiles(files), { entitlementId: entitlement.id, files: 2 });
    await reader.cancel(new DOMException('gone', 'AbortError'));
    const made = await madeOf(entitlement.id);
    expect(await files.next()).toEqual({ done: true, value: undefined });
    expect(await madeOf(entitlement.id)).toBe(made);
    expect(made).toBeLessThan(8);
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
  });

  it('leave out devices whose lease ended, and say so when there is no other', async () => {
    const { entitlement, real } = await makeMany(3);
    const [first] = real;
    await portal.db.execute(sql`update activations set lease_starts_at = now() - interval '9 days', lease_ends_at = now() - interval '1 day',
      runs_out_at = now() - interval '1 day' where entitlement_id = ${entitlement.id} and id <> ${first?.activationId ?? ''}`);
    expect(Object.keys(await readAll(zipRefreshFiles(await start(entitlement.id))))).toEqual(['Real one.refresh']);
    await portal.db.execute(sql`update activations set lease_starts_at = now() - interval '9 days', lease_ends_at = now() - interval '1 day',
      runs_out_at = now() - interval '1 day' where entitlement_id = ${entitlement.id}`);
    const result = await perform(issueRefreshFiles, { entitlementId: entitlement.id }, portal.contextFor(customer.member));
    expect(result).toMatchObject({ ok: false, rejection: { code: 'no-seat-held' } });
  });

  it('that are refused are named in the zip, with why and what to do', async () => {
    const { entitlement } = await makeMany(3);
    await portal.db.execute(sql`update entitlements set disabled_at = now() where id = ${entitlement.id}`);
    const files = await readAll(zipRefreshFiles(await start(entitlement.id)));
    expect(Object.keys(files)).toEqual(['not-included.txt']);
    const text = textOf(files['not-included.txt']);
    for (const part of [
      'Real two: This entitlement is disabled.',
      'Ask the vendor',
      '(entitlement-disabled)',
      'Nothing was changed',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('are for nobody who may not see the entitlement, and for nobody once they are signed out', async () => {
    const { entitlement } = await makeMany(60);
    const other = await makeCustomer(portal);
    for (const [actor, code] of [
      [other.admin, 'not-found'],
      [customer.stranger, 'not-found'],
      [makeVisitor(), 'sign-in-needed'],
    ] as const) {
      const result = await perform(issueRefreshFiles, { entitlementId: entitlement.id }, portal.contextFor(actor));
      expect(result).toMatchObject({ ok: false, rejection: { code } });
    }
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    let asked = 0;
    const files = await start(entitlement.id, async () => {
      asked += 1;
      return portal.contextFor(asked > 2 ? makeVisitor() : customer.member);
    });
    await expect(readAll(zipRefreshFiles(files))).rejects.toThrow('sign-in-needed');
    expect(write).toHaveBeenCalledTimes(1);
    write.mockRestore();
    expect(await madeOf(entitlement.id)).toBe(50);
  });
});

describe('a name in the zip', () => {
  async function namesOf(names: readonly string[]): Promise<string[]> {
    async function* files(): AsyncGenerator<RefreshOutcome, void> {
      for (const name of names) yield { kind: 'file', name, text: name };
      yield { kind: 'refused', deviceName: 'Other', rejection: reject('busy') };
    }
    return Object.keys(await readAll(zipRefreshFiles(files())));
  }

  it.each([
    [['a.refresh', 'A.refresh', 'a.refresh', 'a (2).refresh']],
    [['not-included.txt', 'Not-Included.TXT']],
    [['e\u0301.refresh', '\u00e9.refresh', 'É.refresh']],
    [['a', 'a', 'a']],
  ])('is like no other: %j', async (names) => {
    const made = await namesOf(names);
    expect(made).toHaveLength(names.length + 1);
    expect(new Set(made.map((name) => name.normalize('NFKC').toLowerCase())).size).toBe(made.length);
    expect(made).toContain('not-included.txt');
  });

  it('leads nowhere', async () => {
    expect(await namesOf(['../../etc/passwd', '/abs', 'C:\\x', '..'])).toEqual([
      '_-..-etc-passwd',
      '-abs',
      'C:-x',
      '_',
      'not-included.txt',
    ]);
  });

  it('is made quickly for many devices of one name', async () => {
    const made = await namesOf(Array.from({ length: 5000 }, () => 'Press.refresh'));
    expect(new Set(made).size).toBe(5001);
  });
});

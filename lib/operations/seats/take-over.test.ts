import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdEntitlement } from '@/db/testing/hold-lock';
import { rewriteFunction } from '@/db/testing/rewrite-function';
import { commitFile } from '../exchange/commit-file';
import { perform } from '../operation';
import { commit, submit } from '../testing/at-once';
import { checkInvariants } from '../testing/check-invariants';
import { activationOf, exchange, standingOf } from '../testing/exchange';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement } from '../testing/test-customer';
import type { TestDevice } from '../testing/test-device';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { releaseSeat } from './release-seat';
import { undoRelease } from './undo-release';

let portal: TestPortal;
let customer: TestCustomer;

const asMember = (now?: Date) => portal.contextFor(customer.member, now);
const asAdmin = (now?: Date) => portal.contextFor(customer.admin, now);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const MEMBERS = { releaseRoles: ['member' as const] };

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
});

afterAll(async () => {
  expect(await checkInvariants(portal)).toEqual([]);
  await portal.close();
});

const code = async (context: ReturnType<typeof asMember>, file: Promise<string>) => (await exchange(context, await file)).code;

/** A machine with parts of its own that also names parts of another. */
const crafted = (entitlement: { code: string }, own: Record<string, string>) =>
  makeDevice(portal, { code: entitlement.code, components: own });

const activationOfKey = async ({ keys }: TestDevice) => {
  const rows = await portal.db.execute<{ id: string }>(sql`select id from activations where device_key = ${keys.signing.kid}`);
  return rows[0]?.id ?? '';
};

const part = (name: string) => name.padEnd(43, 'A');

describe('a machine that looks like one that is activated', () => {
  it('by parts that the product does not declare is another machine, however many match', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 1, ...MEMBERS });
    const shared = { x1: part('x1'), x2: part('x2'), x3: part('x3') };
    const one = await crafted(entitlement, { cpu: part('c1'), mac: part('m1'), ...shared });
    const other = await crafted(entitlement, { cpu: part('c2'), mac: part('m2'), ...shared });
    expect(await code(asMember(), one.request())).toBe('done');
    expect(await code(asMember(), other.request())).toBe('no-seat-free');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });

  it('with too few declared parts is refused', async () => {
    const entitlement = await makeEntitlement(portal, customer, MEMBERS);
    const machine = await crafted(entitlement, { cpu: part('c3'), x1: part('x1'), x2: part('x2') });
    expect(await code(asMember(), machine.request())).toBe('fingerprint-too-small');
  });

  it('of one image, with another host name and card, is another machine', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 2, ...MEMBERS });
    const image = { cpu: part('c4'), machine: part('i4') };
    const one = await crafted(entitlement, { ...image, hostname: part('h4a'), mac: part('m4a') });
    const other = await crafted(entitlement, { ...image, hostname: part('h4b'), mac: part('m4b') });
    expect(await code(asMember(), one.request())).toBe('done');
    expect(await code(asMember(), other.request())).toBe('done');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 2, counted: 2, states: { active: 2 } });
  });

  it('is answered also where more machines of one image are known than are compared', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 60 });
    const image = { cpu: part('c5'), machine: part('i5') };
    for (let n = 0; n < 53; n += 1) {
      const clone = await crafted(entitlement, { ...image, hostname: part(`h5-${n}`), mac: part(`m5-${n}`) });
      expect(await code(asMember(), clone.request())).toBe('done');
    }
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 53, counted: 53, states: { active: 53 } });
  });
});

describe('the seat of a machine that was set up anew', () => {
  let entitlement: Awaited<ReturnType<typeof makeEntitlement>>;
  let machine: TestDevice;

  const sell = async (terms: Parameters<typeof makeEntitlement>[2]) => {
    entitlement = await makeEntitlement(portal, customer, terms);
    machine = await makeDevice(portal, entitlement);
    expect(await code(asMember(), machine.request())).toBe('done');
  };

  it('moves at once, once in a lease period, and then is refused until the period is over', async () => {
    await sell({ seats: 1, ...MEMBERS });
    for (const expected of ['done', 'reinstalls-used-up', 'reinstalls-used-up']) {
      machine = expected === 'done' ? await machine.setUpAnew() : machine;
      const next = await machine.setUpAnew();
      expect(await code(asMember(), (expected === 'done' ? machine : next).request())).toBe(expected);
    }
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1, replaced: 1 } });
    const later = asMember(inDays(91));
    expect(await code(later, (await machine.setUpAnew()).request())).toBe('done');
  });

  it('stays held beside the new one where the reinstalls are used up and a seat is free', async () => {
    await sell({ seats: 2, reinstallLimit: 0, ...MEMBERS });
    expect(await code(asMember(), (await machine.setUpAnew()).request())).toBe('done');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 2, counted: 2, states: { active: 1, releasing: 1 } });
    expect(await code(asMember(), machine.request())).toBe('activation-released');
  });

  it('stays where it is when a member may not release it, and the new one takes a free one', async () => {
    await sell({ seats: 2 });
    const anew = await machine.setUpAnew();
    expect(await code(asMember(), anew.request())).toBe('done');
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 2, counted: 2, states: { active: 2 } });
    expect(await code(asMember(), machine.request())).toBe('done');
    expect(await code(asMember(), (await machine.setUpAnew()).request())).toBe('reinstall-needs-release');
  });

  it('moves for an administrator, who may release it', async () => {
    await sell({ seats: 1 });
    const file = await (await machine.setUpAnew()).request();
    expect((await exchange(asMember(), file)).code).toBe('reinstall-needs-release');
    expect((await exchange(asAdmin(), file)).code).toBe('done');
  });

  it('waits for an approval where releases do', async () => {
    await sell({ seats: 1, releaseApproval: true, ...MEMBERS });
    expect(await code(asMember(), (await machine.setUpAnew()).request())).toBe('reinstall-needs-approval');
  });

  it('counts as a release', async () => {
    await sell({ seats: 1, releaseLimit: 1, releaseLimitDays: 30, reinstallLimit: 5, ...MEMBERS });
    const anew = await machine.setUpAnew();
    expect(await code(asMember(), anew.request())).toBe('done');
    expect(await code(asMember(), (await anew.setUpAnew()).request())).toBe('reinstall-over-limit');
  });

  it('is left alone when the machine is said to be another', async () => {
    await sell({ seats: 2, ...MEMBERS });
    const submissionId = await submit(asMember(), await (await machine.setUpAnew()).request());
    expect(await perform(commitFile, { submissionId, isAnother: true }, asMember())).toMatchObject({ ok: true });
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 2, counted: 2, states: { active: 2 } });
    expect(await code(asMember(), machine.request())).toBe('done');
  });

  it('does not move with a copied key to a machine with other parts, once the reinstalls are used up', async () => {
    await sell({ seats: 1, reinstallLimit: 0, ...MEMBERS });
    const device = { name: 'Copy', platform: 'linux', hostname: null, appVersion: null };
    const components = { machine: part('z1'), memory: part('z2'), mac: part('z3') };
    const request = machine.request({ device: { ...device, fingerprint: { version: 1, components } } });
    expect(await code(asMember(), request)).toBe('key-of-another-machine');
  });

  it('does not run on another machine that names two parts of the first and has its key', async () => {
    await sell({ seats: 1, reinstallLimit: 0, ...MEMBERS });
    const five = (own: string) => ({ cpu: part(`c${own}`), machine: part(`i${own}`), memory: part(`r${own}`) });
    const shared = { hostname: part('w-host'), mac: part('w-mac') };
    const first = await makeDevice(portal, { code: entitlement.code, components: { ...five('w1'), ...shared } });
    const device = { name: 'Copy', platform: 'linux', hostname: null, appVersion: null };
    const components = { ...five('w2'), ...shared };
    await exchange(asMember(), await machine.proof(await activationOfKey(machine)));
    expect(await code(asMember(), first.request())).toBe('done');
    const request = first.request({ device: { ...device, fingerprint: { version: 1, components } } });
    expect(await code(asMember(), request)).toBe('key-of-another-machine');
  });

  it('does not move part by part either', async () => {
    await sell({ seats: 1, reinstallLimit: 0, ...MEMBERS });
    const device = { name: 'Ship of Theseus', platform: 'linux', hostname: null, appVersion: null };
    const steps = [{ machine: part('y1') }, { machine: part('y1'), memory: part('y2') }];
    const codes: string[] = [];
    for (const step of steps) {
      const components = { ...machine.components, ...step };
      codes.push(await code(asMember(), machine.request({ device: { ...device, fingerprint: { version: 1, components } } })));
    }
    expect(codes).toEqual(['done', 'key-of-another-machine']);
  });
});

describe('a release that frees a seat at once', () => {
  const AT_ONCE = { releaseRule: 'at-once', seats: 1 } as const;

  it('does so within the reinstalls; beyond, the seat is held until the lease has run out', async () => {
    const entitlement = await makeEntitlement(portal, customer, AT_ONCE);
    const release = async () => {
      const machine = await makeDevice(portal, entitlement);
      const taken = await exchange(asMember(), await machine.request());
      expect(taken.code).toBe('done');
      const activationId = await activationOf(portal, taken);
      return { activationId, released: await perform(releaseSeat, { activationId, reason: 'lost' }, asAdmin()) };
    };
    expect((await release()).released).toMatchObject({ ok: true, value: { heldUntil: null } });
    expect((await release()).released).toMatchObject({ ok: true, value: { heldUntil: expect.any(Date) } });
    expect(await code(asMember(), (await makeDevice(portal, entitlement)).request())).toBe('no-seat-free');
  });

  it('is undone only while a seat is free, and gives the reinstall back', async () => {
    const entitlement = await makeEntitlement(portal, customer, AT_ONCE);
    const machine = await makeDevice(portal, entitlement);
    const activationId = await activationOf(portal, await exchange(asMember(), await machine.request()));
    await perform(releaseSeat, { activationId, reason: 'lost' }, asAdmin());
    expect(await perform(undoRelease, { activationId }, asAdmin())).toMatchObject({ ok: true });
    expect(await perform(releaseSeat, { activationId, reason: 'lost' }, asAdmin())).toMatchObject({ value: { heldUntil: null } });
    expect(await code(asMember(), (await makeDevice(portal, entitlement)).request())).toBe('done');
    const undone = await perform(undoRelease, { activationId }, asAdmin());
    expect(undone).toMatchObject({ ok: false, rejection: { code: 'undo-too-late' } });
  });
});

describe('a deactivation proof', () => {
  it('frees its seat at once four times for each seat in a lease period; then it is taken, and the seat stays held', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 1 });
    const cycle = async (now?: Date) => {
      const machine = await makeDevice(portal, entitlement);
      const taken = await exchange(asMember(now), await machine.request());
      if (taken.code !== 'done') return taken.code;
      return (await exchange(asMember(now), await machine.proof(await activationOf(portal, taken)))).code;
    };
    expect([await cycle(), await cycle(), await cycle(), await cycle()]).toEqual(['done', 'done', 'done', 'done']);
    expect(await standingOf(portal, entitlement.id)).toMatchObject({ held: 0, states: { released: 4 } });
    expect(await cycle()).toBe('done');
    expect(await standingOf(portal, entitlement.id)).toMatchObject({ held: 1, states: { released: 4, releasing: 1 } });
    expect(await cycle()).toBe('no-seat-free');
    expect(await cycle(inDays(91))).toBe('done');
  });

  it('that freed nothing leaves a seat that moves as a reinstall, and no further', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 1, returnLimit: 0, ...MEMBERS });
    let machine = await makeDevice(portal, entitlement);
    const codes: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const taken = await exchange(asMember(), await machine.request());
      codes.push(taken.code);
      if (taken.code === 'done') await exchange(asMember(), await machine.proof(await activationOf(portal, taken)));
      machine = await machine.setUpAnew();
    }
    expect(codes).toEqual(['done', 'done', 'reinstalls-used-up']);
  });
});

async function raceOf(of: TestPortal, buyer: TestCustomer): Promise<string[]> {
  const asBuyer = () => of.contextFor(buyer.member);
  const entitlement = await makeEntitlement(of, buyer, { seats: 2, ...MEMBERS });
  const machines = [await makeDevice(of, entitlement), await makeDevice(of, entitlement)];
  for (const machine of machines) expect(await code(asBuyer(), machine.request())).toBe('done');
  const anew = await Promise.all(machines.map((machine) => machine.setUpAnew()));
  const files = await Promise.all(anew.map((machine) => machine.request()));
  const submitted = await Promise.all(files.map((file) => submit(asBuyer(), file)));
  const held = await holdEntitlement(of.ownerUrl, entitlement.id);
  const commits = submitted.map((submissionId) => commit(asBuyer(), submissionId));
  await held.waiting(2);
  await held.letGo();
  const codes = await Promise.all(commits);
  return codes.map((outcome) => outcome.code).sort();
}

describe('two machines that are set up anew at the same moment, with one reinstall left', () => {
  it('move one seat', async () => {
    expect(await raceOf(portal, customer)).toEqual(['done', 'reinstalls-used-up']);
  });
});

it('without the guard on reinstalls both seats move, and more machines may run than the policy allows', async () => {
  const bare = await makeTestPortal();
  try {
    await rewriteFunction(bare.ownerUrl, {
      name: 'reinstalls_used(uuid, timestamptz, timestamptz)',
      found: /select count\(\*\)::integer/,
      instead: 'select 0 * count(*)::integer',
    });
    const codes = await raceOf(bare, await makeCustomer(bare));
    const broken = await checkInvariants(bare);
    expect(codes).toEqual(['done', 'done']);
    expect(broken).toContainEqual(expect.stringMatching(/^expected that no more machines may run/));
  } finally {
    await bare.close();
  }
});

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/signing/audit/canonical-json';
import { entryHash, firstHash } from '@/lib/signing/audit/chain';
import { sealedLine } from '@/lib/signing/audit/export-lines';
import type { Verified } from '@/lib/signing/audit/verify-export';
import { verifyExport } from '@/lib/signing/audit/verify-export';
import { generateSigningKeyPair } from '@/lib/signing/key-pair';
import { renameDevice } from '../devices/rename-device';
import { perform } from '../operation';
import { writeEntries } from '../testing/read-chains';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, OPERATOR } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { exportAudit } from './export-audit';
import { sealUpToNow } from './seal-audit';

let portal: TestPortal;
let customer: TestCustomer;
let other: TestCustomer;
let lines: string[];

/** Seals in three runs, so that there are checkpoints in the middle as well. */
beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  other = await makeCustomer(portal, 'Southgate Works');
  for (const count of [4, 1, 3]) {
    await writeEntries(portal, { customerId: customer.id, count });
    await writeEntries(portal, { customerId: other.id, count: 2 });
    await sealUpToNow(portal);
  }
  lines = await exportOf(customer);
});

afterAll(() => portal.close());

async function exportOf({ admin }: TestCustomer): Promise<string[]> {
  const result = await perform(exportAudit, {}, portal.contextFor(admin));
  return result.ok ? [...result.value.lines] : [];
}

const known = () => ({ vendorId: portal.vendorId, rootPublicJwk: portal.root.publicJwk });

async function* each(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

const verify = (texts: readonly string[]): Promise<Verified> => verifyExport(each(texts), known());
const isEntry = (line: string) => line.startsWith('{"entry"');
const isCheckpoint = (line: string) => line.startsWith('{"kind":"checkpoint"');
const entryPlaces = () => lines.flatMap((line, place) => (isEntry(line) ? [place] : []));
const replaced = (place: number, ...instead: string[]) => [...lines.slice(0, place), ...instead, ...lines.slice(place + 1)];

describe('an export of the audit', () => {
  it('holds all entries of the customer and is whole', async () => {
    expect(lines.filter(isEntry)).toHaveLength(8);
    expect(lines.filter(isCheckpoint)).toHaveLength(3);
    const verified = await verify(lines);
    expect(verified).toMatchObject({ chain: customer.id, entries: 8, broken: null, vouchedFor: { sequence: 8 } });
    expect(await verifyExport(each(lines), null)).toMatchObject({ broken: null });
  });

  it('seals the trouble code of a refused act with it', async () => {
    const third = await makeCustomer(portal, 'Westgate Works');
    const refused = await perform(renameDevice, { deviceId: randomUUID(), name: 'Mine' }, portal.contextFor(third.admin));
    const troubleCode = refused.ok ? '' : (refused.troubleCode ?? '');
    await sealUpToNow(portal);
    const exported = await exportOf(third);
    expect(exported.filter((line) => line.includes(`"trouble_code":"${troubleCode}"`))).toHaveLength(1);
    expect(await verify(exported)).toMatchObject({ entries: 1, broken: null });
    const forged = exported.map((line) => line.replace(troubleCode, 'ABC234'));
    expect((await verify(forged)).broken).not.toBeNull();
  });

  it('names each changed entry, whatever was changed in it', async () => {
    const change = fc.tuple(fc.constantFrom(...entryPlaces()), fc.nat(10_000), fc.constantFrom('x', '0', ' ', '"', 'é'));
    await fc.assert(
      fc.asyncProperty(change, async ([place, at, sign]) => {
        const line = lines[place] ?? '';
        const index = at % line.length;
        const text = line.slice(0, index) + sign + line.slice(index + 1);
        fc.pre(text !== line);
        expect((await verify(replaced(place, text))).broken?.line).toBe(place + 1);
      }),
      { numRuns: 300 },
    );
  });

  it('names the place of every entry that was taken out', async () => {
    for (const place of entryPlaces()) {
      const { broken } = await verify(replaced(place));
      expect(broken?.line).toBe(place + 1);
      expect(['missing', 'checkpoint-differs']).toContain(broken?.breach);
    }
  });

  it('names the first of any two entries that changed places', async () => {
    const places = entryPlaces();
    for (const one of places) {
      for (const two of places.filter((place) => place > one)) {
        const swapped = [...lines];
        [swapped[one], swapped[two]] = [lines[two] ?? '', lines[one] ?? ''];
        expect((await verify(swapped)).broken).toMatchObject({ breach: 'reordered', line: one + 1 });
      }
    }
  });

  it('names every entry that was put in, from this export or another', async () => {
    const foreign = (await exportOf(other)).filter(isEntry);
    for (const text of [...lines.filter(isEntry), ...foreign]) {
      for (let place = 1; place <= lines.length; place += 1) {
        const { broken } = await verify([...lines.slice(0, place), text, ...lines.slice(place)]);
        expect([place + 1, place + 2]).toContain(broken?.line);
      }
    }
  });

  it('does not hold with entries behind its last checkpoint, since anybody can add those', async () => {
    expect((await verify(lines.slice(0, -1))).broken).toMatchObject({ breach: 'not-vouched-for', sequence: 6 });
  });

  it('holds when it was cut at a checkpoint, and says up to where', async () => {
    const second = lines.findLastIndex((line, place) => isCheckpoint(line) && place < lines.length - 1);
    expect(await verify(lines.slice(0, second + 1))).toMatchObject({ broken: null, vouchedFor: { sequence: 5 } });
  });

  it('does not hold when it was made anew by somebody without the vendor’s key', async () => {
    let hash = firstHash({ vendorId: portal.vendorId, chain: customer.id });
    const forged = lines.map((line) => {
      if (!isEntry(line)) return line;
      const { entry, sequence } = JSON.parse(line);
      const changed = sequence === 2 ? { ...entry, actor: 'somebody else' } : entry;
      hash = entryHash({ previous: hash, sequence, entry: changed });
      return sealedLine({ entry: changed, sequence, hash });
    });
    expect((await verify(forged)).broken).toMatchObject({ breach: 'checkpoint-differs', line: 6, sequence: 4 });
  });

  it('names an entry of another chain, and one that was sealed out of turn, by whoever sealed it', async () => {
    const own = lines.filter(isEntry).map((line) => JSON.parse(line).entry);
    const [foreign] = (await exportOf(other)).filter(isEntry).map((line) => JSON.parse(line).entry);
    const sealedAnew = (entries: readonly JsonValue[]) => {
      let hash = firstHash({ vendorId: portal.vendorId, chain: customer.id });
      const sealed = entries.map((entry, index) => {
        hash = entryHash({ previous: hash, sequence: index + 1, entry });
        return sealedLine({ entry, sequence: index + 1, hash });
      });
      return [lines[0] ?? '', ...sealed];
    };
    const [one, two, three, four] = own;
    expect((await verify(sealedAnew([one, two, foreign, three]))).broken).toMatchObject({
      breach: 'foreign',
      line: 4,
      sequence: 3,
    });
    expect((await verify(sealedAnew([one, three, two, four]))).broken).toMatchObject({
      breach: 'out-of-turn',
      line: 4,
      sequence: 3,
    });
    expect((await verify(sealedAnew([one, one]))).broken).toMatchObject({ breach: 'out-of-turn', sequence: 2 });
    expect((await verify(sealedAnew([{ ...one, id: '1' }]))).broken).toMatchObject({ breach: 'out-of-turn', sequence: 1 });
    expect((await verify(sealedAnew([{ ...one, customer_id: null }]))).broken).toMatchObject({ breach: 'foreign', sequence: 1 });
  });

  it('is refused under another vendor, another root key, or with a checkpoint of another chain', async () => {
    const root = await generateSigningKeyPair();
    const header = { broken: { breach: 'header' } };
    expect(await verifyExport(each(lines), { ...known(), rootPublicJwk: root.publicJwk })).toMatchObject(header);
    expect(await verifyExport(each(lines), { ...known(), vendorId: 'another' })).toMatchObject(header);
    expect(await verify([])).toMatchObject(header);
    const foreign = (await exportOf(other)).find(isCheckpoint) ?? '';
    const place = lines.findIndex(isCheckpoint);
    expect((await verify(replaced(place, foreign))).broken).toMatchObject({ breach: 'checkpoint-forged', line: place + 1 });
  });

  it('is of the own customer only, and of any for the operator', async () => {
    const [admin, operator] = [portal.contextFor(customer.admin), portal.contextFor(OPERATOR)];
    const nobody = { customer: 'nobody' };
    expect(await perform(exportAudit, nobody, admin)).toMatchObject({ ok: false, rejection: { code: 'not-allowed' } });
    expect(await perform(exportAudit, nobody, operator)).toMatchObject({ ok: false, rejection: { code: 'unknown-name' } });
    const [header = ''] = await exportOf(customer);
    expect(header).toContain(`"chain":"${customer.id}"`);
    expect(await perform(exportAudit, {}, operator)).toMatchObject({
      value: { lines: [expect.stringContaining('"chain":"vendor"')] },
    });
  });
});

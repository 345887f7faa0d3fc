import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activations } from '@/db/schema/activations';
import { devices } from '@/db/schema/devices';
import { readBadVectors, readVectorKeys } from '@/lib/dialects/native/testing/read-vectors';
import { bytesOf } from '@/lib/dialects/native/testing/vector';
import { lastFour } from '@/lib/signing/activation-code';
import type { OperationContext } from '../context';
import { submitFile } from '../exchange/submit-file';
import { perform } from '../operation';
import { exchange, standingOf } from '../testing/exchange';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer, TestEntitlement } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeSupport } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { inspectFile } from './inspect-file';
import { runChecks } from './run-checks';
import type { Inspection } from './show-inspection';
import { showInspection } from './show-inspection';

let portal: TestPortal;
let customer: TestCustomer;
let entitlement: TestEntitlement;
let asSupport: OperationContext;

beforeAll(async () => {
  portal = await makeTestPortal();
  asSupport = portal.contextFor(await makeSupport(portal));
  customer = await makeCustomer(portal);
  entitlement = await makeEntitlement(portal, customer);
});

afterAll(() => portal.close());

const bytes = (text: string) => new TextEncoder().encode(text);
/** Looks into a file that support brings. */
async function lookInto(file: string | Uint8Array): Promise<Inspection> {
  const input = { fileName: 'press.txt', bytes: typeof file === 'string' ? bytes(file) : file };
  const { inspectionId } = await done(inspectFile, input, asSupport);
  return done(showInspection, { id: inspectionId }, asSupport);
}
const outcomesOf = ({ checks }: Pick<Inspection, 'checks'>) => checks.map(({ outcome }) => outcome);
/** The check a file stops at; every one before it passes, and none after it is reached. */
function stopOf(inspection: Pick<Inspection, 'checks'>): string {
  const outcomes = outcomesOf(inspection);
  const stop = outcomes.indexOf('fail');
  const after = outcomes.slice(stop + 1).map(() => 'not-reached');
  expect(outcomes).toEqual([...outcomes.slice(0, stop).map(() => 'pass'), 'fail', ...after]);
  expect(inspection.checks.filter(({ why }) => why !== null).map(({ id }) => id)).toEqual([inspection.checks[stop]?.id]);
  return inspection.checks[stop]?.id ?? '';
}
const request = async () => (await makeDevice(portal, entitlement)).request();

describe('a good request that is looked into', () => {
  it('passes every check, says what it would come to, and shows no secret', async () => {
    const inspection = await lookInto(await request());
    expect(new Set(outcomesOf(inspection))).toEqual(new Set(['pass']));
    expect(inspection).toMatchObject({ rejection: null, before: [], wouldBe: { outcome: 'grant' } });
    const shown = JSON.stringify(inspection.learnt);
    expect(shown).toContain('press-control');
    expect(shown).toContain(`•••• ${lastFour(entitlement.code)}`);
    for (const secret of [entitlement.code, entitlement.code.replaceAll('-', '')]) expect(shown).not.toContain(secret);
  });

  it('changes nothing for the customer, and leaves one audit row of the vendor’s own', async () => {
    const standing = await standingOf(portal, entitlement.id);
    const count = async () => (await portal.db.execute(sql`select count(*)::integer as exchanges from exchanges`))[0];
    const before = await count();
    const inspection = await lookInto(await request());
    expect(await standingOf(portal, entitlement.id)).toEqual(standing);
    expect(await count()).toEqual(before);
    const rows = await portal.db.execute(
      sql`select action, customer_id, actor from audit_entries where detail->>'inspectionId' = ${inspection.file.id}`,
    );
    expect(rows).toEqual([{ action: 'file.inspected', customer_id: null, actor: asSupport.actor?.label }]);
  });

  it('shows what was done with it before, also when it comes with other line ends', async () => {
    const text = await request();
    const answered = await exchange(portal.contextFor(customer.member), text);
    for (const file of [text, text.replaceAll('\n', '\r\n')]) {
      const { before, wouldBe } = await lookInto(file);
      expect(before.map(({ outcome }) => outcome)).toEqual(['granted', 'previewed']);
      expect(before.map(({ id }) => id)).toEqual([answered.exchangeId, answered.submissionId]);
      expect(wouldBe).toMatchObject({ outcome: 'repeat' });
    }
  });

  it('is decided with the rights of whoever handed it in', async () => {
    const file = bytes(await request());
    for (const [actor, outcome] of [[customer.member, 'grant'] as const, [customer.stranger, 'reject'] as const]) {
      const submitted = await done(submitFile, { fileName: null, bytes: file }, portal.contextFor(actor));
      const { wouldBe } = await done(showInspection, { id: submitted.submissionId }, asSupport);
      expect(wouldBe).toMatchObject({ outcome, as: actor.label });
    }
  });
});

describe('a file that was tampered with', () => {
  /** The file with one character of its body, counted from the end, another. */
  function tamper(text: string, line: number): string {
    const lines = text.split('\n');
    const at = line < 0 ? lines.length + line : line;
    const found = lines[at] ?? '';
    const middle = found.length >> 1;
    lines[at] = found.slice(0, middle) + (found.charAt(middle) === 'A' ? 'B' : 'A') + found.slice(middle + 1);
    return lines.join('\n');
  }

  it('shows that it stops where it was to be decrypted', async () => {
    const inspection = await lookInto(tamper(await request(), -5));
    expect(stopOf(inspection)).toBe('decryption');
    expect(inspection).toMatchObject({ rejection: { code: 'token-not-authentic' }, wouldBe: null });
    expect(inspection.learnt.map(({ check }) => check)).toEqual(['encryption']);
  });

  it('in the lines that people read shows that it stops at these', async () => {
    const inspection = await lookInto((await request()).replace('Device: Press line 7', 'Device: Press line 8'));
    expect(stopOf(inspection)).toBe('headers');
  });

  it('that is too large to be kept says so, without checks', async () => {
    const inspection = await lookInto(new Uint8Array(65_537).fill(65));
    expect(inspection).toMatchObject({
      rejection: { code: 'file-too-large' },
      checks: [],
      file: { content: null, fileSize: 65_537 },
    });
  });
});

describe('the published files that are refused', () => {
  let ofVectors: TestPortal;
  beforeAll(async () => {
    const keys = readVectorKeys();
    ofVectors = await makeTestPortal({ keys });
    const reader = await makeCustomer(ofVectors);
    const { id: entitlementId } = await makeEntitlement(ofVectors, reader);
    const [at, end] = [new Date(), new Date('2099-01-01T00:00:00Z')];
    const [device] = await ofVectors.db
      .insert(devices)
      .values({
        customerId: reader.id,
        dialect: 'native',
        name: 'Known',
        platform: 'linux',
        fingerprintVersion: 1,
        fingerprintKey: '',
        clockSkewSeconds: 0,
        firstSeenAt: at,
        lastSeenAt: at,
      })
      .returning({ id: devices.id });
    const lease = {
      leaseSequence: 1,
      leaseStartsAt: at,
      leaseEndsAt: end,
      runsOutAt: end,
      activatedAt: at,
      state: 'active' as const,
    };
    const key = {
      dialect: 'native' as const,
      deviceKey: keys.device.signing.kid,
      deviceJwk: keys.device.signing.publicJwk,
      replyTo: {},
    };
    const whose = {
      customerId: reader.id,
      entitlementId,
      deviceId: device?.id ?? '',
      fingerprint: { version: 1, components: {} },
    };
    await ofVectors.db.insert(activations).values({ ...whose, ...key, ...lease });
  });
  afterAll(() => ofVectors.close());

  const stops = new Map<string, string[]>();
  it.each(readBadVectors('requests').map((vector) => [vector.name, vector] as const))(
    '%s: stops at one check, for the reason it is refused for',
    async (name, vector) => {
      const checked = await runChecks(
        {},
        {
          file: { name: null, bytes: bytesOf(vector) },
          keys: await ofVectors.keyring.current(),
        },
      );
      expect(checked.rejection?.code).toBe(vector.code);
      const stop = stopOf(checked);
      stops.set(stop, [...(stops.get(stop) ?? []), name]);
    },
  );

  it('stop at every check there is', async () => {
    const { checks } = await runChecks(
      {},
      {
        file: { name: null, bytes: bytes('-----BEGIN ACTIVATION REQUEST-----') },
        keys: await ofVectors.keyring.current(),
      },
    );
    expect([...stops.keys()].sort()).toEqual(checks.map(({ id }) => id).sort());
  });
});

describe('an inspection', () => {
  it('of a file that is not there is refused', async () => {
    expect(await perform(showInspection, { id: randomUUID() }, asSupport)).toMatchObject({
      rejection: { code: 'not-found' },
    });
  });
});

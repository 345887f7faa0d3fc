import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfflineDevice } from '@/lib/device/index';
import { openDevice } from '@/lib/device/index';
import { memoryStore } from '@/lib/device/state-store';
import { thumbprintOf } from '@/lib/signing/jwk';
import { generateSigningKeyPair } from '@/lib/signing/key-pair';
import { createEntitlement } from '../entitlements/create-entitlement';
import { commitFile } from '../exchange/commit-file';
import { downloadReply } from '../exchange/show-exchange';
import { submitFile } from '../exchange/submit-file';
import { perform } from '../operation';
import type { OperatorScene } from '../testing/scenes/operator-scene';
import { done, makeCatalogue, makeOperatorScene, vendorInput } from '../testing/scenes/operator-scene';
import { initVendor } from './init-vendor';
import { exportVendor, listKeys } from './list-keys';
import { rotateKeys } from './rotate-keys';

describe.each(['Ed25519', 'P-256'] as const)('the keys of a vendor with a root on %s', (curve) => {
  let scene: OperatorScene;
  let input: Awaited<ReturnType<typeof vendorInput>>;
  let activationCode: string;
  let machines = 0;

  beforeAll(async () => {
    scene = await makeOperatorScene();
    input = await vendorInput(curve);
    await done(initVendor, input, scene.context);
    await makeCatalogue(scene.context);
    const terms = { customer: 'hallmann', offering: 'press-pro', seats: 9 };
    activationCode = (await done(createEntitlement, terms, scene.context)).activationCode;
  });
  afterAll(() => scene.close());

  const writeRequest = async (): Promise<{ device: OfflineDevice; text: string }> => {
    machines += 1;
    const components = { machine: `board-${machines}`, memory: `disk-${machines}` };
    const device = openDevice({
      store: memoryStore(),
      clock: { now: () => new Date(), followsFileTimes: false },
      readComponents: () => components,
    });
    const vendor = await done(exportVendor, {}, scene.context);
    const { text } = await device.request({
      vendor,
      productCode: 'press-control',
      activationCode,
      deviceName: `Press ${machines}`,
      platform: 'linux-x64',
    });
    return { device, text };
  };
  const submit = (text: string) =>
    done(submitFile, { fileName: 'press.activation-request', bytes: new TextEncoder().encode(text) }, scene.context);
  const activate = async ({ device, text }: { device: OfflineDevice; text: string }) => {
    const { submissionId } = await submit(text);
    const { exchangeId } = await done(commitFile, { submissionId }, scene.context);
    return device.apply((await done(downloadReply, { exchangeId }, scene.context)).text);
  };

  it('are made once', async () => {
    const again = await perform(initVendor, await vendorInput(), scene.context);
    expect(again).toMatchObject({ ok: false, rejection: { code: 'vendor-exists' } });
    const vendor = await done(exportVendor, {}, scene.context);
    expect(await thumbprintOf(vendor.root_public_jwk)).toBe(await thumbprintOf(input.rootPrivateJwk));
    expect(vendor.exchange_public_jwk.crv).toBe(curve === 'P-256' ? 'P-256' : 'X25519');
  });

  it('leave nothing of the private root key in the database', async () => {
    const rows = await scene.pool.db.execute<{ all: string }>(sql`select
      (select jsonb_agg(to_jsonb(v)) from vendor v)::text || (select jsonb_agg(to_jsonb(s)) from signing_keys s)::text ||
      (select jsonb_agg(to_jsonb(x)) from exchange_keys x)::text || (select jsonb_agg(to_jsonb(a)) from audit_entries a)::text as all`);
    expect(rows[0]?.all).toContain(input.rootPrivateJwk.x);
    expect(rows[0]?.all).not.toContain(input.rootPrivateJwk.d);
    expect(rows[0]?.all).not.toContain('"d":');
  });

  it('change at once: requests to the old key open until its end, and answers carry the new one', async () => {
    const old = await writeRequest();
    const { signingKid, exchangeKid } = await done(
      rotateKeys,
      { signing: true, exchange: true, rootPrivateJwk: input.rootPrivateJwk },
      scene.context,
    );
    const applied = await activate(old);
    if (!applied.ok) throw new Error(`expected the answer to be applied, found ${applied.rejection.code}`);
    expect(await thumbprintOf(applied.reply.exchangeJwk)).toBe(exchangeKid);
    const keys = await done(listKeys, {}, scene.context);
    expect(keys.map(({ purpose, state }) => `${purpose} ${state}`)).toEqual([
      'signing in-use',
      'signing retired',
      'exchange in-use',
      'exchange opens-old-requests',
    ]);
    expect(keys[0]?.kid).toBe(signingKid);
  });

  it('refuse requests to an old key after its end', async () => {
    const old = await writeRequest();
    const yesterday = new Date(Date.now() - 86_400_000);
    const opensUntil = new Date(yesterday.getTime() + 3_600_000).toISOString();
    await done(rotateKeys, { signing: false, exchange: true, opensUntil }, { ...scene.context, now: yesterday });
    const { rejection } = await submit(old.text);
    expect(rejection?.code).toBe('exchange-key-retired');
  });

  it('stay as they are when the root key is another one, or two rotate at once and one is late', async () => {
    const before = await done(listKeys, {}, scene.context);
    const { privateJwk } = await generateSigningKeyPair(curve);
    const other = await perform(rotateKeys, { signing: true, exchange: false, rootPrivateJwk: privateJwk }, scene.context);
    expect(other).toMatchObject({ ok: false, rejection: { code: 'root-key-differs' } });
    // The public half of the root key with the private half of another.
    const mixed = { ...input.rootPrivateJwk, d: privateJwk.d };
    const damaged = await perform(rotateKeys, { signing: true, exchange: false, rootPrivateJwk: mixed }, scene.context);
    expect(damaged).toMatchObject({ ok: false, rejection: { code: 'input-refused' } });
    const none = await perform(rotateKeys, { signing: true, exchange: false }, scene.context);
    expect(none).toMatchObject({ ok: false, rejection: { code: 'input-refused' } });
    expect(await done(listKeys, {}, scene.context)).toEqual(before);

    const both = await Promise.all(
      [1, 2, 3, 4].map(() => perform(rotateKeys, { signing: false, exchange: true }, scene.context)),
    );
    const succeeded = both.filter(({ ok }) => ok).length;
    const after = await done(listKeys, {}, scene.context);
    expect(after.length).toBe(before.length + succeeded);
    expect(after.filter(({ purpose, state }) => purpose === 'exchange' && state === 'in-use')).toHaveLength(1);
  });
});

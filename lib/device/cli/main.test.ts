import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { start, vendor } from '../testing/harness';
import { runDevice } from './main';

const NOW = start.toISOString();
const COMPONENTS = ['--component', 'cpu=A', '--component', 'mac=B', '--component', 'machine=C'];

const REQUIRED = ['--product', 'press-control', '--code', 'C', '--name', 'Press', '--out', '/tmp/x'];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'airgate-device-'));
  await writeFile(join(folder, 'vendor.json'), JSON.stringify(vendor.vendorFile));
});

afterEach(() => rm(folder, { recursive: true }));

function path(name: string): string {
  return join(folder, name);
}

/** Runs a command on the state of the test, at the beginning of time unless told otherwise. */
async function run(...argv: string[]) {
  const now = argv.includes('--now') ? [] : ['--now', NOW];
  const ending = await runDevice([...argv, '--state', path('state'), '--json', ...now]);
  expect(ending.stderr).toBe('');
  return { exitCode: ending.exitCode, ...JSON.parse(ending.stdout) };
}

function request(...more: string[]) {
  const named = [
    '--vendor',
    path('vendor.json'),
    '--product',
    'motion-studio',
    '--code',
    '7KQ2M-XW9PD-4HTRB-YCV6N',
    '--name',
    'Press line 7',
  ];
  return run('request', ...named, '--out', path('a.activation-request'), ...more);
}

async function answer(): Promise<void> {
  const opened = await vendor.open(await readFile(path('a.activation-request'), 'utf8'));
  await writeFile(path('a.activation-response'), await vendor.answer(opened, start));
}

test('a round trip over files', async () => {
  expect(await run('status')).toMatchObject({ exitCode: 1, ok: false, state: 'not-activated', code: 'not-activated' });
  expect(await request(...COMPONENTS)).toMatchObject({ exitCode: 0, ok: true, fileName: 'Press line 7.activation-request' });
  await answer();
  expect(await run('apply', path('a.activation-response'))).toMatchObject({ exitCode: 0, kind: 'activation-response' });
  expect(await run('status')).toMatchObject({
    exitCode: 0,
    state: 'active',
    mayRun: true,
    product: 'motion-studio',
    features: { export: true, axes: 8 },
    lease: { sequence: 1, endsAt: '2026-12-20T14:13:20.000Z', graceEndsAt: null },
  });
  expect(await run('deactivate', '--out', path('a.deactivation'), '--reason', 'sold')).toMatchObject({ exitCode: 0, ok: true });
  const proof = await readFile(path('a.deactivation'), 'utf8');
  expect(await run('status')).toMatchObject({ exitCode: 1, state: 'deactivated' });
  await run('deactivate', '--out', path('again.deactivation'));
  expect(await readFile(path('again.deactivation'), 'utf8')).toBe(proof);
});

test('a test sets components in a request, which stay set, and changes one for a run', async () => {
  await request(...COMPONENTS);
  await answer();
  await run('apply', path('a.activation-response'));
  expect(await run('status', '--component', 'mac=Z')).toMatchObject({ exitCode: 0 });
  expect(await run('status', '--component', 'mac=Z', '--component', 'cpu=Z')).toMatchObject({
    exitCode: 1,
    code: 'fingerprint-differs',
  });
  expect(await run('status')).toMatchObject({ exitCode: 0 });
});

test('components that were set on another machine do not count, also for a test', async () => {
  await request(...COMPONENTS);
  await answer();
  await run('apply', path('a.activation-response'));
  const state = JSON.parse(await readFile(path('state/device.json'), 'utf8'));
  await writeFile(
    path('state/device.json'),
    JSON.stringify({ ...state, playedOn: { ...state.playedOn, cpu: 'another machine' } }),
  );
  expect(await run('status')).toMatchObject({ exitCode: 1, mayRun: false, code: 'fingerprint-differs' });
});

describe('without a test', () => {
  const asSold = async (...argv: string[]) => {
    const { exitCode, stdout, stderr } = await runDevice([...argv, '--state', path('state'), '--json'], {
      AIRGATE_DEVICE_TEST: 'off',
    });
    expect(stderr).toBe('');
    return { exitCode, ...JSON.parse(stdout) };
  };

  test('components that a state was made or edited with do not count: the machine is read', async () => {
    await request(...COMPONENTS, '--now', new Date().toISOString());
    const opened = await vendor.open(await readFile(path('a.activation-request'), 'utf8'));
    await writeFile(path('a.activation-response'), await vendor.answer(opened, new Date()));
    expect(await asSold('apply', path('a.activation-response'))).toMatchObject({ exitCode: 1, code: 'fingerprint-differs' });
    expect(await run('apply', path('a.activation-response'), '--now', new Date().toISOString())).toMatchObject({ exitCode: 0 });
    expect(await asSold('status')).toMatchObject({ exitCode: 1, mayRun: false, code: 'fingerprint-differs' });
    expect(await run('status', '--now', new Date().toISOString())).toMatchObject({ exitCode: 0, mayRun: true });
  });

  test('a request names what is read, and forgets what a test had set', async () => {
    await request(...COMPONENTS);
    const named = ['--vendor', path('vendor.json'), '--product', 'motion-studio', '--code', '7KQ2M-XW9PD-4HTRB-YCV6N'];
    const written = await asSold('request', ...named, '--name', 'Press line 7', '--out', path('b.activation-request'));
    expect(written).toMatchObject({ exitCode: 0 });
    const opened = await vendor.open(await readFile(path('b.activation-request'), 'utf8'));
    const ofTests = await vendor.open(await readFile(path('a.activation-request'), 'utf8'));
    expect(opened.device.fingerprint.components.cpu).not.toBe(ofTests.device.fingerprint.components.cpu);
    expect(JSON.parse(await readFile(path('state/device.json'), 'utf8'))).toMatchObject({ componentValues: null });
  });

  test.each([
    [['--now', NOW], '--now'],
    [COMPONENTS, '--component'],
  ])('%j is a wrong call', async (options, name) => {
    const refused = await runDevice(['status', '--state', path('state'), ...options], { AIRGATE_DEVICE_TEST: 'off' });
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain(`expected no ${name}, which is for tests only`);
  });
});

test('without components the machine is read: at least three', async () => {
  await request();
  const opened = await vendor.open(await readFile(path('a.activation-request'), 'utf8'));
  expect(Object.keys(opened.device.fingerprint.components).length).toBeGreaterThanOrEqual(3);
});

test('entitlement and lease are asked for', async () => {
  await request('--entitlement', 'entitlement-1', '--lease', 'P30D');
  const opened = await vendor.open(await readFile(path('a.activation-request'), 'utf8'));
  expect(opened).toMatchObject({ entitlementId: 'entitlement-1', requestedLease: 'P30D', issuedAt: start });
});

test('a refusal names its code: on the error stream for people, in JSON for programs', async () => {
  await writeFile(path('page.html'), '<!doctype html>');
  await request();
  expect(await run('apply', path('page.html'))).toMatchObject({ exitCode: 1, ok: false, code: 'file-not-recognised' });
  const spoken = await runDevice(['apply', path('page.html'), '--state', path('state'), '--now', NOW]);
  expect(spoken).toMatchObject({ exitCode: 1, stdout: '' });
  expect(spoken.stderr).toBe(
    'This is not a whole and unchanged answer of the portal.\n' +
      'Copy the answer from the portal to this machine once more, and apply it.\n(file-not-recognised)\n',
  );
  expect(await run('apply', path('a.activation-request'))).toMatchObject({ code: 'answer-is-a-request' });
  expect(await run('deactivate', '--out', path('x'))).toMatchObject({ exitCode: 1, code: 'not-activated' });
  await expect(stat(path('x'))).rejects.toThrow('ENOENT');
});

test('the lease ends by the clock that is set', async () => {
  await request(...COMPONENTS);
  await answer();
  await run('apply', path('a.activation-response'));
  expect(await run('status', '--now', '2026-12-21T00:00:00Z')).toMatchObject({
    exitCode: 1,
    code: 'lease-ended',
    state: 'stopped',
  });
  expect(await run('status')).toMatchObject({ exitCode: 1, code: 'clock-set-back' });
});

test('a code that looks mistyped is written all the same, with a warning', async () => {
  expect(await request('--code', '7KQ2M-XW9PD-4HTRB-YCV6P')).toMatchObject({ exitCode: 0, codeLooksMistyped: true });
});

test.each([
  [[], 'expected one of request, apply, status, deactivate, found nothing'],
  [['activate'], 'found activate'],
  [['toString'], 'found toString'],
  [['status', '--verbose'], "'--verbose'"],
  [['status', '--stat', 'x'], "expected an option of status, found '--stat'; did you mean --state?"],
  [['deactivat'], 'found deactivat; did you mean deactivate?'],
  [['status', '--out', 'x'], "expected an option of status, found '--out'"],
  [['apply'], 'expected FILE, found nothing'],
  [['apply', 'a', 'b'], 'expected nothing more, found "b"'],
  [['apply', '/does/not/exist'], 'expected a file that can be read'],
  [['status', 'now'], 'expected nothing more, found "now"'],
  [['status', '--component', 'mac'], 'expected NAME=VALUE for --component, found "mac"'],
  [['status', '--now', 'tomorrow'], 'expected an instant such as 2026-09-21T14:13:20Z for --now, found "tomorrow"'],
  [['deactivate', '--out', '--reason', 'sold'], 'expected --out FILE, found --reason'],
  [['deactivate'], 'expected --out'],
  [['deactivate', '--out', '/does/not/exist/x'], 'expected --out in a folder that can be written to'],
  [['request', ...REQUIRED, '--vendor', '/does/not/exist'], 'expected a file that can be read'],
  [['request', ...REQUIRED, '--vendor', import.meta.filename], 'expected a vendor file'],
])('%j is a wrong call', async (argv, message) => {
  const ending = await runDevice([...argv, '--state', path('state')]);
  expect(ending).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ending.stderr).toContain(message);
  expect(ending.stderr).toContain('Exit status: 0 done');
});

test('a name that no file can carry is a wrong call, and leaves no state behind', async () => {
  const refused = await request('--name', 'two\nlines');
  expect(refused).toMatchObject({ exitCode: 2, ok: false, error: 'usage', message: expect.stringContaining('device.name') });
  await expect(stat(path('state'))).rejects.toThrow('ENOENT');
});

test('a broken memory is a fault', async () => {
  await request();
  await writeFile(path('state/device.json'), '{"format":1');
  expect(await run('status')).toMatchObject({ exitCode: 3, ok: false, error: 'fault' });
});

test('help is no error', async () => {
  expect(await runDevice(['--help'])).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('deactivate') });
});

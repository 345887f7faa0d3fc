import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { fromSetUp } from './helpers/environment';
import { expect, test } from './helpers/fixtures';
import type { BuiltApplication } from './helpers/licensespring-application';
import { buildApplication, call, contentOf, requestOf, signedHeaders } from './helpers/licensespring-application';
import { makeCustomer } from './helpers/make-customer';

const newProduct = () => `pump-${randomUUID().slice(0, 8)}`;
const built = (operator: Parameters<typeof buildApplication>[0], activations: number, more: readonly string[] = []) =>
  buildApplication(operator, { url: fromSetUp('url'), product: newProduct(), activations, more });

async function activate(application: BuiltApplication, hardwareId: string) {
  const body = requestOf(application, { request: 'activation', hardware_id: hardwareId });
  const called = await call(application, 'activate_offline', { body });
  return called.code ?? contentOf(called);
}

async function deactivate(application: BuiltApplication, hardwareId: string) {
  const body = requestOf(application, { request: 'deactivation', hardware_id: hardwareId });
  const called = await call(application, 'deactivate_offline', { body });
  return called.code ?? called.text;
}

/** The refresh files of a licence, which its customer fetches: an application has no call for them. */
async function refreshFiles(page: Page, { url, entitlementId }: BuiltApplication): Promise<Record<string, unknown>[]> {
  const path = `${url}/entitlements/${entitlementId}/refresh-files`;
  const zip = await page.request.post(path, { headers: { origin: url } });
  expect(zip.headers()['content-type']).toBe('application/zip');
  return Object.values(unzipSync(await zip.body())).map((file) => contentOf({ text: Buffer.from(file).toString() }));
}

test('a licence moves between devices over HTTP, with seats and transfers counted at each step', async ({
  page,
  operator,
  folder,
  signedIn,
}) => {
  const customer = await makeCustomer(operator, { folder, seats: 1 });
  const application = await built(operator, 1, ['--customer', customer.mark]);
  await signedIn(customer.admin);
  const first = await activate(application, 'press-a');
  expect(first).toMatchObject({ times_activated: 1, transfer_count: 0, hardware_id: 'press-a' });
  expect(await activate(application, 'press-a')).toMatchObject({ times_activated: 1, transfer_count: 0 });
  const [refreshed, ...others] = await refreshFiles(page, application);
  expect(others).toEqual([]);
  expect(refreshed).toMatchObject({ device_id: Object(first).device_id, times_activated: 1, transfer_count: 0 });
  expect(await activate(application, 'press-b')).toBe('license_activated_max_times');
  expect(await deactivate(application, 'press-b')).toBe('device_not_found');
  expect(await deactivate(application, 'press-a')).toBe('license_deactivated');
  expect(await activate(application, 'press-b')).toMatchObject({ times_activated: 1, transfer_count: 1 });
  expect(await deactivate(application, 'press-b')).toBe('license_deactivated');
  expect(await activate(application, 'press-a')).toMatchObject({ times_activated: 1, transfer_count: 2 });
});

test('the same file gets the same answer, and openssl agrees with its signatures', async ({ operator, folder }) => {
  const application = await built(operator, 2);
  const body = requestOf(application, { request: 'activation' });
  const first = await call(application, 'activate_offline', { body });
  const form = new FormData();
  form.append('file', new Blob([body]), 'ls_activation.req');
  const { 'Content-Type': _, ...headers } = signedHeaders(application);
  expect(await call(application, 'activate_offline', { body: form, headers })).toEqual(first);

  const { license_signature: old, license_signature_v2: signature, ...signed } = contentOf(first);
  const paths = { key: join(folder, 'key.pem'), signature: join(folder, 'signature'), signed: join(folder, 'signed') };
  writeFileSync(paths.key, application.publicPem);
  const verify = (text: string, base64: unknown) => {
    writeFileSync(paths.signed, text);
    writeFileSync(paths.signature, Buffer.from(String(base64), 'base64'));
    return execFileSync('openssl', [
      'dgst',
      '-sha256',
      '-verify',
      paths.key,
      '-signature',
      paths.signature,
      paths.signed,
    ]).toString();
  };
  expect(verify(JSON.stringify(signed), signature)).toBe('Verified OK\n');
  expect(verify(`press-a#${application.licenceKey}#`.toLowerCase(), old)).toBe('Verified OK\n');
});

test('two hundred calls at once for ten activations end at exactly ten', async ({ operator }) => {
  const application = await built(operator, 10);
  const calls = Array.from({ length: 200 }, (_, index) =>
    call(application, 'activate_offline', {
      body: requestOf(application, { request: 'activation', hardware_id: `press-${index}` }),
    }),
  );
  const codes = (await Promise.all(calls)).map(({ code }) => code ?? 'activated');
  const counted = Object.fromEntries([...new Set(codes)].map((code) => [code, codes.filter((other) => other === code).length]));
  expect(counted).toEqual({ activated: 10, license_activated_max_times: 190 });
});

test('a call that is not signed, or brings no good file, has its code and changes nothing', async ({ operator }) => {
  const application = await built(operator, 1);
  const good = requestOf(application, { request: 'activation' });
  const signed = signedHeaders(application);
  const { Date: date = '', Authorization: authorization = '', ...plain } = signed;
  const json = (text: string) => Buffer.from(text).toString('base64');
  const cases: readonly [string, Parameters<typeof call>[2], number, string][] = [
    ['no headers', { body: good, headers: plain }, 400, 'missing_headers'],
    ['no date', { body: good, headers: { ...plain, Authorization: authorization } }, 400, 'missing_headers'],
    ['nonsense', { body: good, headers: { ...signed, Authorization: 'Basic YTpi' } }, 400, 'authorization_invalid_headers'],
    [
      'another algorithm',
      { body: good, headers: { ...signed, Authorization: authorization.replace('sha256', 'sha1') } },
      400,
      'hmac_required',
    ],
    [
      'unknown key',
      { body: good, headers: { ...signed, Authorization: authorization.replace(application.apiKey, 'nobody') } },
      400,
      'invalid_api_key',
    ],
    [
      'an old date',
      { body: good, headers: signedHeaders(application, new Date(Date.parse(date) - 16 * 60_000).toUTCString()) },
      400,
      'date_header_diff',
    ],
    [
      'signed by another',
      { body: good, headers: signedHeaders({ ...application, sharedKey: 'another' }) },
      401,
      'signature_mismatch',
    ],
    ['no body', { body: null }, 400, 'missing_parameters'],
    ['white space', { body: ' \n' }, 400, 'missing_content'],
    [
      'a form without a file',
      { body: new FormData(), headers: { Date: date, Authorization: authorization } },
      400,
      'missing_parameters',
    ],
    ['no base64', { body: '<html>' }, 400, 'authorization_missing_params'],
    [
      'base64url',
      { body: json('{"a":"???>>>~~~"}').replaceAll('/', '_').replaceAll('+', '-') },
      400,
      'authorization_missing_params',
    ],
    ['no JSON', { body: json('hello') }, 400, 'invalid_json'],
    ['a trailing comma', { body: json('{"product":"x",}') }, 400, 'invalid_json'],
    ['a name twice', { body: json('{"product":"x","product":"y"}') }, 400, 'invalid_json'],
    ['ten thousand levels', { body: json('['.repeat(10_000)) }, 400, 'invalid_json'],
    ['no hardware id', { body: requestOf(application, { hardware_id: '' }) }, 400, 'authorization_missing_params'],
    ['a hardware id that is a number', { body: requestOf(application, { hardware_id: 7 }) }, 400, 'missing_hardware_id'],
    ['no licence', { body: requestOf(application, { license_key: '' }) }, 400, 'authorization_missing_params'],
    ['no api key', { body: requestOf(application, { api_key: '' }) }, 400, 'authorization_missing_params'],
    ['a number beyond all', { body: requestOf(application, { license_id: 2 ** 53 }) }, 400, 'validation_error'],
    ['another signature', { body: requestOf(application, { signature: json('a'.repeat(32)) }) }, 401, 'signature_mismatch'],
    ['an unknown product', { body: requestOf(application, { product: 'nothing' }) }, 400, 'unknown_product'],
    ['an unknown licence', { body: requestOf({ ...application, licenceKey: 'AAAA' }, {}) }, 400, 'license_not_found'],
    ['10 MB', { body: 'A'.repeat(10_000_000) }, 400, 'validation_error'],
  ];
  for (const [what, sent, status, code] of cases) {
    const { text: _, ...answered } = await call(application, 'activate_offline', sent);
    expect(answered, what).toEqual({ status, code });
  }
  const none = await call(application, 'activate_bundle_offline', { body: good });
  expect(none.code).toBe('product_not_bundle');
  expect(await activate(application, 'press-z')).toMatchObject({ times_activated: 1 });
});

test('other methods and addresses are refused in the words of the API', async () => {
  const url = fromSetUp('url');
  const cases: readonly [method: string, path: string, status: number, code: string][] = [
    ['GET', '/api/v4/activate_offline', 405, 'validation_error'],
    ['OPTIONS', '/api/v4/deactivate_offline', 405, 'validation_error'],
    ['POST', '/api/v4/check_license', 404, 'not_found'],
    ['GET', '/api/v4', 404, 'not_found'],
    ['POST', '/api', 404, 'not_found'],
    ['DELETE', '/api/v5/anything', 404, 'not_found'],
    ['POST', '/api/v4/activate_offline/', 404, 'not_found'],
    ['POST', '/api/v4/%zz', 404, 'not_found'],
    ['PROPFIND', '/api/v4/activate_offline', 405, 'validation_error'],
  ];
  for (const [method, path, status, code] of cases) {
    const answer = await fetch(`${url}${path}`, { method, redirect: 'manual' });
    expect([method, path, answer.status]).toEqual([method, path, status]);
    expect(await answer.json()).toEqual({ status, code, message: expect.any(String) });
  }
});

test('a licence or product that is not to be used says why', async ({ operator }) => {
  const disabled = await built(operator, 1, ['--disabled']);
  expect(await activate(disabled, 'press-a')).toBe('license_not_enabled');
  const over = ['--valid-from', '2020-01-01T00:00:00Z', '--valid-until', '2021-01-01T00:00:00Z'];
  const sale = { url: fromSetUp('url'), product: newProduct(), activations: 1, type: 'time-limited', more: over } as const;
  const ended = await buildApplication(operator, sale);
  expect(await activate(ended, 'press-a')).toBe('license_expired');
  const scheduled = await built(operator, 1, ['--valid-from', '2090-01-01T00:00:00Z']);
  expect(await activate(scheduled, 'press-a')).toBe('license_not_active');
  const online = await built(operator, 1, ['--no-offline']);
  expect(await activate(online, 'press-a')).toBe('license_not_active');
});

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { perform } from '../operation';
import { checkCall } from './check-call';
import type { LicenseSpringScene } from './testing/scene';
import { makeScene } from './testing/scene';

let scene: LicenseSpringScene;
const now = new Date(Math.floor(Date.now() / 1000) * 1000);
const minutes = (count: number) => new Date(now.getTime() + count * 60_000).toUTCString();

beforeAll(async () => {
  scene = await makeScene();
});

afterAll(() => scene.portal.close());

function sign(date: string, { key = scene.issuer.sharedKey, text = `licenseSpring\ndate: ${date}` } = {}): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

function header(members: Readonly<Record<string, string>> = {}, date = now.toUTCString()): string {
  const all = { algorithm: 'hmac-sha256', headers: 'date', signature: sign(date), apikey: scene.issuer.apiKey, ...members };
  return Object.entries(all)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');
}

async function codeOf(authorization: string | null, date: string | null = now.toUTCString()): Promise<string> {
  const result = await perform(checkCall, { authorization, date }, { ...scene.application, now });
  return result.ok ? 'signed' : result.rejection.code;
}

test('a call is signed by an API key with its shared key, or by an OAuth client with its secret', async () => {
  expect(await codeOf(header())).toBe('signed');
  const { clientId, clientSecret } = scene.issuer;
  expect(await codeOf(header({ apikey: clientId, signature: sign(now.toUTCString(), { key: clientSecret }) }))).toBe('signed');
  expect(await codeOf(header().split(',').reverse().join(', '))).toBe('signed');
});

test.each([-15, -14, 14, 15])('a date of %i minutes from now is near enough', async (count) => {
  expect(await codeOf(header({}, minutes(count)), minutes(count))).toBe('signed');
});

test.each([-16, 16, 60 * 24 * 365])('a date of %i minutes from now is not', async (count) => {
  expect(await codeOf(header({}, minutes(count)), minutes(count))).toBe('call-date-refused');
});

test('a date in another spelling is not a date', async () => {
  for (const date of [now.toISOString(), 'Sun, 31 Feb 2026 00:00:00 GMT', 'now']) {
    expect(await codeOf(header({ signature: sign(date) }), date)).toBe('call-date-refused');
  }
});

test.each([
  ['', 'call-headers-missing'],
  ['Bearer abc', 'call-authorization-refused'],
  ['algorithm="hmac-sha256"', 'call-authorization-refused'],
])('%j is no signature of a call', async (authorization, code) => {
  expect(await codeOf(authorization)).toBe(code);
});

test('headers that are missing, too long or of another kind have their codes', async () => {
  expect(await codeOf(null)).toBe('call-headers-missing');
  expect(await codeOf(header(), null)).toBe('call-headers-missing');
  expect(await codeOf('a'.repeat(2001))).toBe('input-refused');
  expect(await codeOf(header({ algorithm: 'rsa' }))).toBe('call-algorithm-refused');
  expect(await codeOf(header({ headers: 'date host' }))).toBe('call-authorization-refused');
  expect(await codeOf(header({ apikey: '' }))).toBe('call-authorization-refused');
  expect(await codeOf(`${header()},apikey="x"`)).toBe('call-authorization-refused');
  expect(await codeOf(header({ apikey: 'nobody' }))).toBe('call-client-unknown');
});

test('a signature of another key, over another date or text, or in another spelling is refused', async () => {
  const date = now.toUTCString();
  const right = sign(date);
  const bad = [
    sign(date, { key: 'another' }),
    sign(minutes(1)),
    sign(date, { text: `licensespring\ndate: ${date}` }),
    Buffer.from(right, 'base64').toString('hex'),
    right.slice(0, -4),
    right.toLowerCase(),
  ];
  for (const signature of bad) expect(await codeOf(header({ signature }))).toBe('call-signature-differs');
});

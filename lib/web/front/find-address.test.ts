import { describe, expect, test } from 'vitest';
import { listenBehind, send } from './testing/listen-behind';

const HTTPS = { origin: 'https://portal.example.com', isAssumed: false };
const HTTP = { origin: 'http://portal.example.com:8080', isAssumed: false };
const ASSUMED = { origin: 'http://localhost:3000', isAssumed: true };

const ask = (line: string, host: string, headers: readonly string[]) =>
  [`${line} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers].join('\r\n');

describe('where people reach the portal holds for everything behind', () => {
  test.each([
    ['POST /sign-in', '127.0.0.1:3000', ['Origin: https://portal.example.com', 'Sec-Fetch-Site: same-origin']],
    ['POST /sign-in', 'portal.example.com', ['Origin: https://portal.example.com']],
    ['POST /sign-in', 'portal.example.com', ['Origin: null', 'Sec-Fetch-Site: same-origin']],
    ['POST /exchange', 'backend', ['Origin: https://portal.example.com', 'X-Forwarded-Host: backend']],
  ])('%s with the host %s and %j', async (line, host, headers) => {
    const behind = await listenBehind({ address: HTTPS });
    expect((await send(behind, ask(line, host, headers))).status).toBe(200);
    expect(behind.reached[0]?.headers).toMatchObject({
      host: 'portal.example.com',
      origin: 'https://portal.example.com',
      'x-forwarded-host': 'portal.example.com',
      'x-forwarded-proto': 'https',
    });
  });

  test('also where a proxy drops the port, and for applications that call', async () => {
    const behind = await listenBehind({ address: HTTP });
    const origin = 'Origin: http://portal.example.com:8080';
    expect((await send(behind, ask('POST /sign-in', 'portal.example.com', [origin]))).status).toBe(200);
    expect((await send(behind, ask('POST /v1/x', '127.0.0.1:3000', []))).status).toBe(200);
    for (const { headers } of behind.reached) expect(headers).toMatchObject({ host: 'portal.example.com:8080' });
  });

  test('a browser that reached it by https where http was said is as good', async () => {
    const behind = await listenBehind({ address: { origin: 'http://portal.example.com', isAssumed: false } });
    const answer = await send(behind, ask('POST /sign-in', 'portal.example.com', ['Origin: https://portal.example.com']));
    expect(answer.status).toBe(200);
    expect(behind.reached[0]?.headers).toMatchObject({ origin: 'http://portal.example.com' });
  });

  test('where nobody said it, every name is as good as the one a browser uses', async () => {
    const behind = await listenBehind({ address: ASSUMED });
    const fromBrowser = ['Origin: http://192.0.2.7:8080', 'Sec-Fetch-Site: same-origin'];
    expect((await send(behind, ask('POST /sign-in', '127.0.0.1:3000', fromBrowser))).status).toBe(200);
    expect(behind.reached[0]?.headers).toMatchObject({ 'x-forwarded-host': '192.0.2.7:8080' });
    expect((await send(behind, ask('POST /sign-in', '192.0.2.7:3000', ['Origin: http://192.0.2.7:3000']))).status).toBe(200);
    expect((await send(behind, ask('GET /wrong-address', 'localhost:3000', []))).status).toBe(200);
  });
});

describe('a browser that has opened the portal elsewhere is told where it is', () => {
  const PAGE = 'Accept: text/html,application/xhtml+xml';

  test.each([
    ['by http, with a form', 'POST /api/auth/code', 'portal.example.com', ['Origin: http://portal.example.com']],
    ['by http, behind a proxy that changes the host', 'POST /sign-in', '127.0.0.1:3000', ['Origin: http://portal.example.com']],
    ['by another name', 'POST /sign-in', '127.0.0.1', ['Origin: https://other.example', 'Sec-Fetch-Site: same-origin']],
    ['past the proxy', 'POST /sign-in', '192.0.2.7:3000', ['Origin: http://192.0.2.7:3000']],
    ['by a name that a proxy tells', 'GET /sign-in', '127.0.0.1', [PAGE, 'X-Forwarded-Host: other.example, inner']],
    ['by http, as a proxy tells', 'GET /sign-in', 'portal.example.com', [PAGE, 'X-Forwarded-Proto: http']],
    ['and a script has found out', 'GET /wrong-address', 'other.example', [PAGE]],
  ])('%s', async (_, line, host, headers) => {
    for (const proxies of [0, 1]) {
      const behind = await listenBehind({ address: HTTPS, proxies, warn: () => undefined });
      const answer = await send(behind, ask(line, host, headers));
      expect(answer.status).toBe(403);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store, no-transform',
      });
      expect(answer.body).toContain('<a href="https://portal.example.com">https://portal.example.com</a>');
      expect(behind.reached).toEqual([]);
    }
  });

  test('and its script is led to the page that says so', async () => {
    const behind = await listenBehind({ address: HTTPS });
    const headers = ['Origin: http://portal.example.com', 'Next-Action: 40aa', 'Accept: text/x-component'];
    const answer = await send(behind, ask('POST /sign-in', 'portal.example.com', headers));
    expect(answer.headers['x-action-redirect']).toBe('/wrong-address;replace');
    expect(behind.reached).toEqual([]);
  });

  test.each([
    [
      'the right one',
      'GET /sign-in',
      'portal.example.com',
      [PAGE, 'X-Forwarded-Host: portal.example.com', 'X-Forwarded-Proto: https'],
    ],
    ['the right one without its port', 'GET /sign-in', 'backend', [PAGE, 'X-Forwarded-Host: portal.example.com:443']],
    ['a name that a proxy put there', 'GET /sign-in', '127.0.0.1:3000', [PAGE]],
    ['http between two proxies', 'GET /sign-in', 'a', [PAGE, 'X-Forwarded-Proto: http', 'Sec-Fetch-Mode: navigate']],
    ['anything, in a download', 'GET /calendar/x.ics', 'a', ['X-Forwarded-Host: other.example']],
    ['anything, in a call', 'POST /v1/x', 'a', ['Origin: http://other.example', 'Sec-Fetch-Site: same-origin']],
  ])('but not by %s', async (_, line, host, headers) => {
    const behind = await listenBehind({ address: HTTPS, proxies: 1 });
    expect((await send(behind, ask(line, host, headers))).status).toBe(200);
  });
});

import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { guardServers } from './guard-servers';
import type { Behind } from './testing/listen-behind';
import { begin, listenBehind, readAnswer, send } from './testing/listen-behind';

const KIB = 1024;
const MOST = 256 * KIB;
const HTTPS = { origin: 'https://portal.example.com', isAssumed: false };
const CLOSING = 'Host: portal\r\nConnection: close';

describe('what is no request of this portal', () => {
  test.each([
    ['TRACE /sign-in', 405, 'text/plain'],
    ['PROPFIND /sign-in', 405, 'text/plain'],
    ['QUERY /exchange/upload', 405, 'text/plain'],
    ['TRACE /api/v4/activate_offline', 405, 'application/json'],
    ['MKCOL /api', 405, 'application/json'],
    ['OPTIONS *', 400, 'text/plain'],
    ['GET *', 400, 'text/plain'],
    ['GET ftp://portal/sign-in', 400, 'text/plain'],
    ['GET /%zz', 404, 'text/plain'],
    ['GET /sign-in%', 404, 'text/plain'],
    ['GET /%00', 404, 'text/plain'],
    ['GET /%ff', 404, 'text/plain'],
    ['POST /api/v4/%c3%28', 404, 'application/json'],
    ['GET /_global-error', 404, 'text/plain'],
    ['POST /api/v4/activate_offline/', 404, 'application/json'],
    ['GET /api//v4', 404, 'application/json'],
  ])('%s is answered by %i in the words of whoever is asked, and reaches nothing', async (line, status, type) => {
    const behind = await listenBehind();
    const answer = await send(behind, `${line} HTTP/1.1\r\n${CLOSING}`);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain(type);
    if (status === 405) expect(answer.headers.allow).toMatch(/\bPOST$/);
    if (type === 'application/json') expect(JSON.parse(answer.body)).toMatchObject({ status, code: expect.any(String) });
    expect(behind.reached).toEqual([]);
  });

  test.each([
    ['GET http://portal/sign-in?a=b', '/sign-in?a=b'],
    ['GET https://evil.example/v1/ping', '/v1/ping'],
    ['GET /sign-in?next=%zz', '/sign-in?next=%zz'],
    ['DELETE /x', '/x'],
    ['GET /x HTTP/1.1\r\nUpgrade: h2c', '/x'],
  ])('%s reaches %s', async (line, target) => {
    const behind = await listenBehind();
    const head = line.includes('HTTP') ? line : `${line} HTTP/1.1`;
    expect(await send(behind, `${head}\r\n${CLOSING}`)).toMatchObject({ status: 200 });
    expect(behind.reached.map((each) => each.target)).toEqual([target]);
  });
});

describe('what another site sends', () => {
  const evil = 'Origin: https://evil.example';
  test.each([
    ['POST /sign-in', [evil]],
    ['POST /sign-in', [evil, 'Next-Action: 40aa']],
    ['POST /', ['Origin: null']],
    ['POST /exchange/upload', ['Sec-Fetch-Site: cross-site']],
    ['POST /sessions/end', ['Origin: http://portal.evil.example', 'Sec-Fetch-Site: same-site']],
    ['DELETE /x', [evil]],
    ['PUT /api/auth/code', [evil]],
    ['POST /sign-in', [evil, 'X-Forwarded-Host: evil.example']],
  ])('%s with %j is refused, and reaches nothing', async (line, headers) => {
    const behind = await listenBehind();
    const answer = await send(behind, [`${line} HTTP/1.1`, CLOSING, ...headers].join('\r\n'));
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(/came from another site, and nothing was changed/);
    expect(behind.reached).toEqual([]);
  });

  test.each([
    ['GET /sign-in', [evil]],
    ['POST /sign-in', ['Origin: https://portal.example.com']],
    ['POST /sign-in', []],
    ['POST /sign-in', ['Origin: https://portal.example.com', 'Sec-Fetch-Site: same-origin']],
    ['POST /v1/licenses/actions/validate-key', [evil, 'Sec-Fetch-Site: cross-site']],
    ['POST /api/v4/activate_offline', [evil]],
  ])('%s with %j gets through', async (line, headers) => {
    const behind = await listenBehind({ address: HTTPS });
    expect((await send(behind, [`${line} HTTP/1.1`, CLOSING, ...headers].join('\r\n'))).status).toBe(200);
    expect(behind.reached).toHaveLength(1);
  });
});

describe('a body', () => {
  const post = (path: string, more: string) => `POST ${path} HTTP/1.1\r\n${CLOSING}\r\n${more}`;

  test('gets through whole, byte by byte, with a length or in chunks', async () => {
    const behind = await listenBehind();
    const body = Buffer.alloc(MOST, 'Aé');
    expect((await send(behind, post('/x', `Content-Length: ${MOST}`), body)).status).toBe(200);
    const chunked = Buffer.concat([Buffer.from('3\r\nabc\r\n'), Buffer.from('2\r\nde\r\n0\r\n\r\n')]);
    expect((await send(behind, post('/x', 'Transfer-Encoding: chunked'), chunked)).status).toBe(200);
    expect(behind.reached.map((each) => each.body.equals(body))).toEqual([true, false]);
    expect(behind.reached[1]?.body.toString()).toBe('abcde');
  });

  test.each(['/sign-in', '/api/v4/activate_offline', '/api/nothing', '/guest/upload', '/exchange'])(
    'to %s that does not come is given up with 408 and the connection, and reaches nothing',
    async (path) => {
      const behind = await listenBehind({ timeoutMs: 20 });
      const answer = await send(behind, `POST ${path} HTTP/1.1\r\nHost: portal\r\nContent-Length: 100`, 'only some');
      expect([answer.status, answer.headers.connection]).toEqual([408, 'close']);
      expect(behind.reached).toEqual([]);
    },
  );

  test('that drips for ever is given up, however steadily it does', async () => {
    const behind = await listenBehind({ timeoutMs: 50 });
    const socket = begin(behind, 'POST /x HTTP/1.1\r\nHost: portal\r\nTransfer-Encoding: chunked');
    const drip = () => socket.writable && socket.write('1\r\na\r\n', () => setImmediate(drip));
    drip();
    expect(readAnswer(await text(socket)).status).toBe(408);
    expect(behind.reached).toEqual([]);
  });

  test('that breaks off reaches nothing', async () => {
    const behind = await listenBehind();
    const socket = begin(behind, 'POST /x HTTP/1.1\r\nHost: portal\r\nContent-Length: 100');
    await new Promise((sent) => socket.write('only some', sent));
    socket.destroy();
    expect((await send(behind, `GET /after HTTP/1.1\r\n${CLOSING}`)).status).toBe(200);
    expect(behind.reached.map(({ target }) => target)).toEqual(['/after']);
  });

  test('that is too large is refused, and a route that reads uploads is given enough to refuse it', async () => {
    const behind = await listenBehind();
    const film = Buffer.alloc(4 * KIB * KIB, 'A');
    const announced = `Content-Length: ${film.byteLength}`;
    expect(await send(behind, post('/sign-in', announced), film)).toMatchObject({ status: 413 });
    expect(behind.reached).toEqual([]);
    for (const path of ['/guest/upload?a', '/v1/licenses/actions/validate-key', '/api/v4/activate_offline']) {
      expect(await send(behind, post(path, announced), film)).toMatchObject({ status: 200 });
    }
    expect(behind.reached.map((each) => each.body.byteLength)).toEqual([MOST + 1, MOST + 1, MOST + 1]);
  });

  test('that never ends is cut off', async () => {
    const behind = await listenBehind();
    const socket = begin(behind, 'POST /x HTTP/1.1\r\nHost: portal\r\nTransfer-Encoding: chunked');
    const chunk = Buffer.from(`10000\r\n${'A'.repeat(64 * KIB)}\r\n`);
    let sent = 0;
    const pour = () => {
      sent += chunk.byteLength;
      if (socket.writable) socket.write(chunk, pour);
    };
    pour();
    await new Promise((closed) => socket.once('close', closed));
    expect(sent).toBeLessThan(64 * KIB * KIB);
    expect(behind.reached).toEqual([]);
  });

  const part = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nx\r\n`;
  const parts = (count: number) => `${Array.from({ length: count }, (_, index) => part(`f${index}`)).join('')}--b--\r\n`;
  test.each([
    ['whole', 'multipart/form-data; boundary=b', parts(3), 200],
    ['of 1,000 fields', 'multipart/form-data; boundary=b', parts(1000), 200],
    ['of 1,001 fields', 'multipart/form-data; boundary=b', parts(1001), 400],
    ['cut off', 'multipart/form-data; boundary=b', part('a'), 400],
    ['of no parts', 'multipart/form-data; boundary=b', 'abc', 400],
    ['without a boundary', 'multipart/form-data', parts(1), 400],
    ['with a boundary of 200 characters', `multipart/form-data; boundary=${'b'.repeat(200)}`, parts(1), 400],
    ['whose parts have no names', 'multipart/form-data; boundary=b', '--b\r\n\r\nx\r\n--b--\r\n', 400],
  ])('that is a form %s', async (_, type, body, status) => {
    const behind = await listenBehind();
    const answer = await send(behind, post('/sign-in', `Content-Type: ${type}\r\nContent-Length: ${body.length}`), body);
    expect(answer.status).toBe(status);
    expect(behind.reached).toHaveLength(status === 200 ? 1 : 0);
  });
});

describe('the call of an action', () => {
  const call = async (type: string, body: string) => {
    const behind = await listenBehind();
    const head = `POST /x HTTP/1.1\r\n${CLOSING}\r\nNext-Action: 40\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}`;
    return (await send(behind, head, body)).status;
  };
  const root = (json: string) => `--b\r\nContent-Disposition: form-data; name="0"\r\n\r\n${json}\r\n--b--\r\n`;
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  test.each([
    ['[]', 200],
    ['["a [[[[ \\" {{{{", {"c":[1,"$K1"]}]', 200],
    [nested(64), 200],
    [nested(65), 400],
    [nested(100_000), 400],
    ['{"a":'.repeat(20_000), 400],
    ['[', 400],
    ['x', 400],
    ['', 400],
    [`["${'a'.repeat(200_000)}`, 400],
    ['"\\'.repeat(60_000), 400],
  ] as const)('with %j', async (json, status) => {
    if (json !== '') expect(await call('text/plain;charset=UTF-8', json)).toBe(status);
    expect(await call('multipart/form-data; boundary=b', root(json))).toBe(status);
  });

  test('without what it is called with', async () => {
    const other = root('[]').replace('"0"', '"1"');
    expect(await call('multipart/form-data; boundary=b', other)).toBe(400);
  });
});

describe('while bodies do not come', () => {
  const silent = (behind: Behind, client: string) =>
    begin(behind, `POST /x HTTP/1.1\r\nHost: portal\r\nX-Forwarded-For: ${client}\r\nContent-Length: ${MOST}`);
  const asked = (client: string) => `POST /x HTTP/1.1\r\n${CLOSING}\r\nX-Forwarded-For: ${client}\r\nContent-Length: 1`;

  test('others are answered, and who holds too many is told to wait', async () => {
    const behind = await listenBehind({ proxies: 1 });
    const sockets = Array.from({ length: 256 }, () => silent(behind, '203.0.113.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const heard: Buffer[] = [];
    for (const socket of sockets) socket.on('data', (chunk) => heard.push(chunk));
    expect((await send(behind, `GET /page HTTP/1.1\r\n${CLOSING}`)).status).toBe(200);
    expect((await send(behind, asked('203.0.113.2'), 'x')).status).toBe(200);
    const held = await send(behind, asked('203.0.113.1'), 'x');
    expect([held.status, held.headers['retry-after']]).toEqual([429, '30']);
    expect(heard).toEqual([]);
    for (const socket of sockets) socket.destroy();
  });
});

describe('every answer', () => {
  test('has the headers that keep browsers from doing more than they are asked', async () => {
    const behind = await listenBehind();
    for (const line of ['GET /x', 'TRACE /x', 'GET *']) {
      const { headers } = await send(behind, `${line} HTTP/1.1\r\n${CLOSING}`);
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect([headers['strict-transport-security'], headers['referrer-policy']]).toEqual([undefined, 'same-origin']);
    }
    const calendar = await send(behind, `GET /calendar/secret.ics HTTP/1.1\r\n${CLOSING}`);
    expect(calendar.headers['referrer-policy']).toBe('no-referrer');
  });

  test('tells browsers to stay with https where people reach the portal by it', async () => {
    const behind = await listenBehind({ isHttps: true });
    const { headers } = await send(behind, `GET /x HTTP/1.1\r\n${CLOSING}`);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

describe('headers that proxies write', () => {
  const forged = [
    'X-Forwarded-For: 203.0.113.9',
    'X-Forwarded-Host: evil.example',
    'Forwarded: for=1.2.3.4',
    'X-Real-IP: 1.2.3.4',
  ];
  const head = (...headers: string[]) => [`GET /x HTTP/1.1\r\n${CLOSING}`, ...headers, 'X-Other: kept'].join('\r\n');

  test('are believed where a proxy is', async () => {
    const behind = await listenBehind({ proxies: 1 });
    await send(behind, head(...forged));
    expect(behind.reached[0]?.headers).toMatchObject({ 'x-forwarded-for': '203.0.113.9', 'x-real-ip': '1.2.3.4' });
  });

  test('are dropped where only a client can have written them, which is said once', async () => {
    const warnings: string[] = [];
    const address = { origin: 'http://portal', isAssumed: true };
    const behind = await listenBehind({ address, warn: (line) => warnings.push(line) });
    await send(behind, head());
    expect(warnings).toEqual([]);
    for (const each of [forged, ['X-Forwarded-Port: 1'], ['X-Forwarded-Proto: https']]) await send(behind, head(...each));
    expect(behind.reached.map(({ headers }) => Object.keys(headers).toSorted())).toEqual(
      Array.from({ length: 4 }, () => ['connection', 'host', 'x-other']),
    );
    expect(warnings).toEqual([
      expect.stringMatching(/dropped because TRUST_PROXY is not set\. .* say how many with TRUST_PROXY/),
    ]);
    expect(warnings.join()).not.toMatch(/203\.0\.113\.9|evil\.example/);
  });
});

test('a server that somebody else made is guarded from its first request on', async () => {
  const behind = await listenBehind({}, (_, options) => guardServers(options));
  expect((await send(behind, `TRACE /x HTTP/1.1\r\n${CLOSING}`)).status).toBe(405);
  expect((await send(behind, `GET /x HTTP/1.1\r\n${CLOSING}`)).status).toBe(200);
  expect(behind.reached).toHaveLength(1);
});

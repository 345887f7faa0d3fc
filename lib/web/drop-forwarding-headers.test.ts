import { createServer, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropForwardingHeaders } from './drop-forwarding-headers';

const server = createServer((received, response) => response.end(JSON.stringify(received.headers)));
const warnings: string[] = [];

beforeAll(async () => {
  dropForwardingHeaders((line) => warnings.push(line));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

/** The names of the headers that reach the server. */
async function send(headers: Record<string, string>): Promise<string[]> {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const text = await new Promise<string>((resolve, fail) => {
    const sent = request({ port, host: '127.0.0.1', headers }, (response) => {
      response.setEncoding('utf8').on('data', resolve);
    });
    sent.on('error', fail).end();
  });
  return Object.keys(JSON.parse(text)).toSorted();
}

test('forwarding headers of a client are gone before the server sees the request, others stay, and this is said once', async () => {
  expect(await send({ 'X-Other': 'kept' })).toEqual(['connection', 'host', 'x-other']);
  expect(warnings).toEqual([]);
  const forged = { 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Host': 'evil.example', Forwarded: 'for=1.2.3.4' };
  expect(await send({ ...forged, 'X-Other': 'kept' })).toEqual(['connection', 'host', 'x-other']);
  expect(warnings).toEqual([expect.stringMatching(/dropped because TRUST_PROXY is not set\. .* say how many with TRUST_PROXY/)]);
  expect(warnings.join()).not.toMatch(/203\.0\.113\.9|evil\.example/);
  for (const name of ['X-Forwarded-Port', 'X-Forwarded-Proto', 'X-Real-IP', 'Forwarded']) {
    expect(await send({ [name]: '1' })).toEqual(['connection', 'host']);
  }
  expect(warnings).toHaveLength(1);
});

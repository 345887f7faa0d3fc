import { createServer, request } from 'node:http';
import { expect, test } from 'vitest';
import { dropForwardingHeaders } from './drop-forwarding-headers';

test('forwarding headers of a client are gone before the server sees the request, others stay', async () => {
  dropForwardingHeaders();
  const server = createServer((received, response) => response.end(JSON.stringify(received.headers)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const headers = {
    'X-Forwarded-For': '203.0.113.9',
    'X-Forwarded-Host': 'evil.example',
    Forwarded: 'for=1.2.3.4',
    'X-Other': 'kept',
  };
  const text = await new Promise<string>((resolve, fail) => {
    const sent = request({ port, host: '127.0.0.1', headers }, (response) => {
      response.setEncoding('utf8').on('data', resolve);
    });
    sent.on('error', fail).end();
  });
  await new Promise((resolve) => server.close(resolve));
  expect(Object.keys(JSON.parse(text)).toSorted()).toEqual(['connection', 'host', 'x-other']);
});

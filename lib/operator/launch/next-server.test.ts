import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { SettingsError } from '@/lib/settings/settings-error';
import { checkAddress } from './next-server';

test('where the portal cannot listen is for the person who set it', async () => {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const inUse = `Port ${port} is in use. Choose another: PORT=${port + 1} npm start`;
  await expect(checkAddress({ host: '127.0.0.1', port })).rejects.toThrow(new SettingsError(inUse));
  await expect(checkAddress({ host: null, port })).rejects.toThrow(inUse);
  await expect(checkAddress({ host: '127.0.0.2', port })).resolves.toBeUndefined();
  await new Promise((settle) => server.close(settle));
  await expect(checkAddress({ host: null, port })).resolves.toBeUndefined();
  await expect(checkAddress({ host: '203.0.113.9', port })).rejects.toThrow(
    /^HOST: expected an address of this machine to listen on, found 203/,
  );
});

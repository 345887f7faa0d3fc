import { inspect } from 'node:util';
import { openDatabase } from '@/db/client';
import { localMasterKey } from '@/lib/signing/master-key';
import { openKeyring } from '../../keys/keyring';
import type { FromClient, Start } from './chaos-journal';
import { toClient } from './chaos-journal';
import { makeClient } from './chaos-machines';

// A process of a chaos run: several clients on one connection pool, as in a replica of the portal.

let isReplaying = false;
let go: () => void = () => undefined;
const started = new Promise<void>((settle) => {
  go = settle;
});

function tell(message: FromClient): void {
  process.send?.(message);
}

async function work(start: Start): Promise<void> {
  const { db, close } = openDatabase({ url: start.url, connections: start.clients });
  const keyring = openKeyring(db, localMasterKey(Uint8Array.from(Buffer.from(start.masterSecret, 'base64'))));
  const context = { db, keyring, actor: start.actor, via: 'api' } as const;
  const clients = Array.from({ length: start.clients }, (_, index) =>
    makeClient(context, { start, seed: start.seed + index, tell }),
  );
  tell({ kind: 'ready' });
  await started;
  await Promise.all(
    clients.map(async (client) => {
      while (!isReplaying) await client.act();
      await client.replayAll();
    }),
  );
  const held: Record<string, number> = {};
  for (const entitlementId of clients.flatMap((client) => client.held())) held[entitlementId] = (held[entitlementId] ?? 0) + 1;
  await close();
  tell({ kind: 'ended', held, returned: clients.reduce((sum, client) => sum + client.returned(), 0) });
}

process.on('message', (raw) => {
  const message = toClient.parse(raw);
  if (message.kind === 'go') go();
  else if (message.kind === 'replay') isReplaying = true;
  else
    work(message)
      .catch((error: unknown) => tell({ kind: 'fault', problem: inspect(error, { depth: 4 }) }))
      .finally(() => process.disconnect());
});

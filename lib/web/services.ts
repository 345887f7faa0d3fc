import 'server-only';
import { openDatabase } from '@/db/client';
import type { OperationContext } from '@/lib/operations/context';
import { openKeyring } from '@/lib/operations/keys/keyring';
import { localMasterKey, readMasterSecret } from '@/lib/signing/master-key';
import { required, settings } from './web-settings';

type Portal = Pick<OperationContext, 'db' | 'keyring'>;

// Global, because a development server reloads its modules.
const kept = globalThis as typeof globalThis & { airgatePortal?: Portal };

/** Gets the database and keyring of this process, opened at first use. */
export function services(): Portal {
  kept.airgatePortal ??= openPortal();
  return kept.airgatePortal;
}

function openPortal(): Portal {
  const { database, databaseConnections, databasePrepare, secrets } = settings();
  const { db } = openDatabase({
    url: required('DATABASE_URL', database?.appUrl),
    ...(databaseConnections !== null && { connections: databaseConnections }),
    prepare: databasePrepare,
  });
  const masterKey = localMasterKey(readMasterSecret(required('AIRGATE_MASTER_KEY', secrets.masterKey)));
  return { db, keyring: openKeyring(db, masterKey) };
}

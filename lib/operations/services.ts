import { openDatabase } from '@/db/client';
import { localMasterKey, readMasterSecret } from '@/lib/signing/master-key';
import type { OperationContext } from './context';
import { openKeyring } from './keys/keyring';

type Portal = Pick<OperationContext, 'db' | 'keyring'>;

// Kept on the process, so that it survives when a development server loads its modules anew.
const kept = globalThis as typeof globalThis & { airgatePortal?: Portal };

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`expected ${name} in the environment, found nothing`);
  return value;
}

/** The database and keys of this process, opened at first use from `DATABASE_URL` and `AIRGATE_MASTER_KEY`. */
export function services(): Portal {
  kept.airgatePortal ??= openPortal();
  return kept.airgatePortal;
}

function openPortal(): Portal {
  const connections = process.env.DATABASE_CONNECTIONS;
  const { db } = openDatabase({
    url: required('DATABASE_URL'),
    ...(connections && { connections: Number(connections) }),
    prepare: process.env.DATABASE_PREPARE !== 'false',
  });
  return { db, keyring: openKeyring(db, localMasterKey(readMasterSecret(required('AIRGATE_MASTER_KEY')))) };
}

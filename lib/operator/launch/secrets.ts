import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Secrets as GivenSecrets } from '@/lib/settings/settings';

const secretsSchema = z.object({ masterKey: z.string().min(1), sessionSecret: z.string().min(1), actionsKey: z.string().min(1) });

/** Secrets of this installation. */
export interface Secrets {
  /** Decrypts the vendor's private keys in the database: 32 bytes, base64url. Without it they are lost. */
  readonly masterKey: string;
  /** Signs the sign-in cookies. */
  readonly sessionSecret: string;
  /** Encrypts what a page carries for a server action: 32 bytes, base64. The same for all replicas. */
  readonly actionsKey: string;
}

/**
 * Loads the secrets of the installation: from the environment, otherwise from `secrets.json` in the data folder, which is written at the
 * first start and readable only by the user that starts the portal.
 */
export function loadSecrets(dataDir: string, given: GivenSecrets): Secrets {
  const kept = readOrMake(dataDir);
  return {
    masterKey: given.masterKey ?? kept.masterKey,
    sessionSecret: given.sessionSecret ?? kept.sessionSecret,
    actionsKey: given.actionsKey ?? kept.actionsKey,
  };
}

function readOrMake(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const made = {
    masterKey: randomBytes(32).toString('base64url'),
    sessionSecret: randomBytes(32).toString('base64url'),
    actionsKey: randomBytes(32).toString('base64'),
  };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}

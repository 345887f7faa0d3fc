import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ServerUser } from './embedded-user';
import { canReach, isRoot, serverUser } from './embedded-user';

/** Where root puts files that the server's user cannot reach in the requested folder. */
const SHARED_FOLDER = '/var/lib/airgate';

/** The folders of one embedded server. */
export interface ServerFolders {
  /** Passwords and log; belongs to the user that starts the portal. */
  readonly dataDir: string;
  /** The database cluster; belongs to the user that the server runs as. */
  readonly cluster: string;
  readonly user: ServerUser | null;
  /** Where programs are copied to when they cannot be run from `node_modules`. */
  readonly copies: string;
}

/**
 * Makes the data folder and decides where the cluster lives: `DIR/postgres`, or, for root with a DIR closed to other users,
 * `/var/lib/airgate/<digest of DIR>/postgres`, which is then written to `DIR/postgres-location` so that every start finds it again.
 */
export function serverFolders(dir: string): ServerFolders {
  if (!existsSync(dir)) {
    mkdirSync(dirname(resolve(dir)), { recursive: true });
    mkdirSync(dir, { mode: 0o700 });
  }
  const dataDir = realpathSync(resolve(dir));
  const inside = join(dataDir, 'postgres');
  if (!isRoot()) return { dataDir, cluster: inside, user: null, copies: dataDir };

  // The server's user must be able to traverse it. Secrets in it are protected file by file.
  chmodSync(dataDir, statSync(dataDir).mode | 0o011);
  const note = join(dataDir, 'postgres-location');
  const noted = existsSync(note) ? readFileSync(note, 'utf8').trim() : inside;
  const user = serverUser(noted);
  if (user === null || noted !== inside || canReach(dataDir, user))
    return { dataDir, cluster: noted, user, copies: SHARED_FOLDER };
  const outside = join(SHARED_FOLDER, createHash('sha256').update(dataDir).digest('hex').slice(0, 16), 'postgres');
  mkdirSync(dirname(outside), { recursive: true, mode: 0o755 });
  writeFileSync(note, `${outside}\n`);
  return { dataDir, cluster: outside, user: serverUser(outside), copies: SHARED_FOLDER };
}

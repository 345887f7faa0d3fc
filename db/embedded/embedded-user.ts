import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The system user that the server runs as, in the form that `spawn` takes. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const OWN_NAME = 'airgate-postgres';

/** Returns whether this process is root, under which PostgreSQL refuses to run. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function lookUp(name: string): ServerUser | null {
  const [uid, gid] = ['-u', '-g'].map((option) => spawnSync('id', [option, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/**
 * Finds the user to run the server as: null (this one) unless this process is root; then the owner of `dataFolder` if there is one already, else a
 * user of its own, which is made, or one of those that packages of PostgreSQL make.
 */
export function serverUser(dataFolder: string): ServerUser | null {
  if (!isRoot()) return null;
  if (existsSync(dataFolder)) {
    const { uid, gid } = statSync(dataFolder);
    if (uid !== 0) return { uid, gid };
  }
  const known = lookUp(OWN_NAME);
  if (known !== null) return known;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/', '--shell', '/bin/false', OWN_NAME]);
  const user = lookUp(OWN_NAME) ?? lookUp('postgres') ?? lookUp('_postgres');
  if (user === null)
    throw new Error(`expected to make the system user ${OWN_NAME} for PostgreSQL, which does not run as root; found no useradd`);
  return user;
}

/** Returns whether the user can reach the folder. Tries it, since not only mode bits can deny access. */
export function canReach(folder: string, user: ServerUser): boolean {
  let existing = folder;
  while (!existsSync(existing)) existing = dirname(existing);
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', existing], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Makes an empty folder that only the user can open. */
export function makeFolderFor(user: ServerUser | null, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user !== null) chownSync(folder, user.uid, user.gid);
}

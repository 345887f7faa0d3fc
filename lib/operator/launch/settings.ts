import { resolve } from 'node:path';

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '../../..');

/** Where the portal runs and what it keeps its data in, from the environment. */
export interface Settings {
  /** Secrets, and the embedded database where there is one. */
  readonly dataDir: string;
  readonly port: number;
  /** Null: the embedded server. */
  readonly external: ExternalDatabase | null;
  readonly demo: DemoSetting;
}

export interface DemoSetting {
  /**
   * `on`: the portal runs on demo data. `off`: it does not. `until-own`: it does, on the embedded server, for as long as nobody has started a
   * database of their own there.
   */
  readonly wanted: 'on' | 'off' | 'until-own';
  /** What says that the portal is used for real, so that it must not run on the demo vendor's keys; null where it may. */
  readonly usedForReal: string | null;
}

export interface ExternalDatabase {
  /** The portal runs with this one. */
  readonly appUrl: string;
  /** Migrations run with this one. */
  readonly ownerUrl: string;
  /** The role to grant to; null when the portal runs as the owner. */
  readonly appRole: string | null;
}

/** A setting that cannot be used. The message is for the person who set it. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/** @throws SettingsError */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const port = readNumber(environment, 'PORT', 65_535) ?? 3000;
  // Read by the portal itself.
  readNumber(environment, 'DATABASE_CONNECTIONS', 1000);
  readNumber(environment, 'FILES_KEPT_DAYS', 36_500);
  const dataDir = environment.DATA_DIR ? resolve(environment.INIT_CWD ?? '.', environment.DATA_DIR) : resolve(ROOT, '.data');
  return { dataDir, port, external: externalDatabase(environment), demo: readDemo(environment) };
}

/** A whole number from 1 to `max`; null when it is not set. */
function readNumber(environment: NodeJS.ProcessEnv, name: string, max: number): number | null {
  const text = environment[name];
  if (!text) return null;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new SettingsError(`${name}: expected a number from 1 to ${max}, found ${JSON.stringify(text)}.`);
}

function readDemo(environment: NodeJS.ProcessEnv): DemoSetting {
  const text = environment.AIRGATE_DEMO ?? '';
  const usedForReal = whatSaysForReal(environment);
  if (text === 'on') return { wanted: 'on', usedForReal: null };
  if (text === 'off') return { wanted: 'off', usedForReal };
  if (text === '') return { wanted: usedForReal === null ? 'until-own' : 'off', usedForReal };
  throw new SettingsError(
    `AIRGATE_DEMO: expected on or off, found ${JSON.stringify(text)}. Say off for a database of your own, on for the demo.`,
  );
}

/** A mail server alone says nothing: whoever tries the portal may try its mail. */
function whatSaysForReal({ DATABASE_URL, NEXTAUTH_URL = '' }: NodeJS.ProcessEnv): string | null {
  if (DATABASE_URL) return 'DATABASE_URL is set';
  return /^https:/i.test(NEXTAUTH_URL) ? 'NEXTAUTH_URL begins with https://' : null;
}

function externalDatabase({
  DATABASE_URL: appUrl,
  MIGRATION_DATABASE_URL: ownerUrl,
}: NodeJS.ProcessEnv): ExternalDatabase | null {
  if (!appUrl) return null;
  const appRole = roleIn('DATABASE_URL', appUrl);
  if (!ownerUrl) return { appUrl, ownerUrl: appUrl, appRole: null };
  return { appUrl, ownerUrl, appRole: appRole === roleIn('MIGRATION_DATABASE_URL', ownerUrl) ? null : appRole };
}

/** The role in a connection address. Several hosts may stand in one, which `URL` does not take. */
function roleIn(name: string, url: string): string {
  const role = /^postgres(?:ql)?:\/\/([^:@/]+)(?::[^@/]*)?@/.exec(url)?.[1];
  if (role === undefined)
    throw new SettingsError(`${name}: expected postgres://role:password@host/database, found no role in it.`);
  return decodeURIComponent(role);
}

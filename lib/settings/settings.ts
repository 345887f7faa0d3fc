import { z } from 'zod';
import { boundedText } from '@/lib/signing/bounded-text';
import { readMasterSecret } from '@/lib/signing/master-key';
import { formatHost, readHost, readPortalUrl } from './read-address';
import { readDatabaseUrl } from './read-database-url';
import { readMailUrl } from './read-mail-url';
import { SettingsError } from './settings-error';

/** The checked settings of the environment. */
export interface Settings {
  /** The address or name that the portal listens on; null: every address of the machine. */
  readonly host: string | null;
  readonly port: number;
  /** Where people reach the portal, such as `https://portal.example.com`. */
  readonly url: string;
  /** `NEXTAUTH_URL` is not set: `url` is where a browser on this machine does, and others may use another name. */
  readonly isUrlAssumed: boolean;
  /** How many proxies stand before the portal. Their forwarding headers are believed. */
  readonly trustedProxies: number;
  /** Working directory of the caller, to which paths are relative. */
  readonly folder: string;
  readonly isStartedByNpm: boolean;
  /** Secrets, and the embedded database where there is one, relative to `folder`; null: `.data` next to the program. */
  readonly dataDir: string | null;
  /** Null: the embedded server. */
  readonly database: ExternalDatabase | null;
  /** Null: by the number of processors. */
  readonly databaseConnections: number | null;
  /** False behind a pooler that does not keep prepared statements. */
  readonly databasePrepare: boolean;
  readonly filesKeptDays: number;
  /** Null: printed on the console. */
  readonly smtpUrl: string | null;
  /** Null: the vendor, at the portal's host. */
  readonly mailFrom: string | null;
  /** Those that are null are made at the first start. */
  readonly secrets: Secrets;
  readonly demo: DemoSetting;
}

export interface ExternalDatabase {
  /** The portal runs with this one. */
  readonly appUrl: string;
  /** Migrations run with this one. */
  readonly ownerUrl: string;
}

export interface Secrets {
  /** 32 bytes, base64 or hexadecimal. */
  readonly masterKey: string | null;
  readonly sessionSecret: string | null;
  /** 16, 24 or 32 bytes, base64. */
  readonly actionsKey: string | null;
}

export interface DemoSetting {
  /**
   * `on`: the portal runs on demo data. `off`: it does not. `until-own`: it does, on the embedded server, for as long as nobody has started a
   * database of their own there.
   */
  readonly wanted: 'on' | 'off' | 'until-own';
  /** The setting that shows production use, in which the portal must not run on the demo vendor's keys; null: none. */
  readonly usedForReal: string | null;
}

/** Longer than any address with a password. */
const MAX_LENGTH = 8192;

/** Schema of a variable; null if it is unset or empty. @param read parses the text; its error says what was expected */
function exactVariable<Value>(read: (text: string) => Value) {
  return boundedText(MAX_LENGTH)
    .optional()
    .transform((text, context): Value | null => {
      if (text === undefined || text === '') return null;
      try {
        return read(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'expected something else.' });
        return z.NEVER;
      }
    });
}

/** Schema of a variable whose surrounding blanks are ignored: values read from files end with a line break. */
function variable<Value>(read: (text: string) => Value) {
  return exactVariable((text) => (text.trim() === '' ? null : read(text.trim())));
}

function numberUpTo(max: number) {
  return variable((text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
    throw new Error(`expected a number from 1 to ${max}, found ${JSON.stringify(text)}.`);
  });
}

const YES_OR_NO: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, on: true, 1: true },
  ...{ false: false, no: false, off: false, 0: false },
};

function readYesOrNo(text: string): boolean {
  const value = YES_OR_NO[text.toLowerCase()];
  if (value !== undefined) return value;
  throw new Error(`expected true, yes, on or 1, or else false, no, off or 0, found ${JSON.stringify(text)}.`);
}

function readProxies(text: string): number {
  const value = text.toLowerCase();
  if (value === 'false') return 0;
  if (value === 'true') return 1;
  if (/^\d{1,3}$/.test(value)) return Number(value);
  throw new Error(
    `expected how many proxies of yours stand in front, true for one or false for none, found ${JSON.stringify(text)}.`,
  );
}

function readFolder(text: string): string {
  if (!/^~|\$/.test(text)) return text;
  throw new Error(
    `expected a folder, found ${JSON.stringify(text)}. The shell did not replace the ${text[0] === '~' ? '~' : '$'} because of the quotes, or because no shell read it. Write the whole path, such as /home/airgate/data.`,
  );
}

function readActionsKey(text: string): string {
  const isKey = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && [16, 24, 32].includes(Buffer.from(text, 'base64').byteLength);
  if (isKey) return text;
  throw new Error('expected 32 bytes as base64, found something else. Make one with: openssl rand -base64 32');
}

function readMasterKey(text: string): string {
  readMasterSecret(text);
  return text;
}

function readSender(text: string): string {
  if (/^(?:[^<>@]*<[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/.test(text)) return text;
  throw new Error(
    `expected one address, such as licences@example.com or "Example Licences <licences@example.com>", found ${JSON.stringify(text)}.`,
  );
}

function readDemo(text: string): 'on' | 'off' {
  if (text === 'on' || text === 'off') return text;
  throw new Error(`expected on or off, found ${JSON.stringify(text)}. Say off for a database of your own, on for the demo.`);
}

const environmentSchema = z.object({
  PORT: numberUpTo(65_535),
  HOST: variable(readHost),
  DATA_DIR: variable(readFolder),
  DATABASE_URL: variable(readDatabaseUrl),
  MIGRATION_DATABASE_URL: variable(readDatabaseUrl),
  DATABASE_CONNECTIONS: numberUpTo(1000),
  DATABASE_PREPARE: variable(readYesOrNo),
  FILES_KEPT_DAYS: numberUpTo(36_500),
  AIRGATE_MASTER_KEY: variable(readMasterKey),
  NEXTAUTH_SECRET: variable((text) => text),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: variable(readActionsKey),
  NEXTAUTH_URL: variable(readPortalUrl),
  SMTP_URL: variable(readMailUrl),
  MAIL_FROM: variable(readSender),
  TRUST_PROXY: variable(readProxies),
  AIRGATE_DEMO: exactVariable(readDemo),
  /** Set by the launcher for the web server: `NEXTAUTH_URL` was not set. */
  AIRGATE_URL_ASSUMED: variable(readYesOrNo),
  /** From npm and the launchers: the working directory of the caller. */
  INIT_CWD: variable((text) => text),
  npm_lifecycle_event: variable((text) => text),
});

type Environment = z.infer<typeof environmentSchema>;

/** Names of the variables that are read, for the test that compares them with those that are described. */
export const NAMES_READ = Object.keys(environmentSchema.shape);

/**
 * Reads and checks the environment: every variable, once.
 *
 * @throws SettingsError that names every problem, each with its fix
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const { success, data, error } = environmentSchema.safeParse(environment);
  const problems = (error?.issues ?? []).map(({ path, message }) => `${String(path[0])}: ${message}`);
  if (environment.MIGRATION_DATABASE_URL && !environment.DATABASE_URL)
    problems.push('MIGRATION_DATABASE_URL: expected DATABASE_URL beside it, found none. Set that too, or neither.');
  if (!success || problems.length > 0) throw new SettingsError(problems.join('\n'));
  return settingsFrom(data);
}

function settingsFrom(read: Environment): Settings {
  const trustedProxies = read.TRUST_PROXY ?? 0;
  const host = read.HOST ?? (trustedProxies > 0 ? '127.0.0.1' : null);
  const port = read.PORT ?? 3000;
  const { DATABASE_URL: appUrl, MIGRATION_DATABASE_URL: ownerUrl } = read;
  return {
    host,
    port,
    url: read.NEXTAUTH_URL ?? `http://${formatHost(host)}:${port}`,
    isUrlAssumed: read.NEXTAUTH_URL === null || read.AIRGATE_URL_ASSUMED === true,
    trustedProxies,
    folder: read.INIT_CWD ?? '.',
    isStartedByNpm: read.npm_lifecycle_event !== null,
    dataDir: read.DATA_DIR,
    database: appUrl === null ? null : { appUrl, ownerUrl: ownerUrl ?? appUrl },
    databaseConnections: read.DATABASE_CONNECTIONS,
    databasePrepare: read.DATABASE_PREPARE ?? true,
    // A year and a month.
    filesKeptDays: read.FILES_KEPT_DAYS ?? 400,
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM,
    secrets: {
      masterKey: read.AIRGATE_MASTER_KEY,
      sessionSecret: read.NEXTAUTH_SECRET,
      actionsKey: read.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
    },
    demo: demoFrom(read),
  };
}

function demoFrom(read: Environment): DemoSetting {
  const usedForReal = findProductionSetting(read);
  if (read.AIRGATE_DEMO === 'on') return { wanted: 'on', usedForReal: null };
  return { wanted: read.AIRGATE_DEMO ?? (usedForReal === null ? 'until-own' : 'off'), usedForReal };
}

/** Finds the setting that shows production use. A mail server is none: people who try the portal may try its mail. */
function findProductionSetting({ DATABASE_URL, NEXTAUTH_URL }: Environment): string | null {
  if (DATABASE_URL !== null) return 'DATABASE_URL is set';
  return NEXTAUTH_URL?.startsWith('https:') ? 'NEXTAUTH_URL begins with https://' : null;
}

import { parseArgs } from 'node:util';
import { UsageError } from './usage';

const OPTIONS = {
  state: { type: 'string' },
  vendor: { type: 'string' },
  product: { type: 'string' },
  code: { type: 'string' },
  name: { type: 'string' },
  out: { type: 'string' },
  entitlement: { type: 'string' },
  lease: { type: 'string' },
  reason: { type: 'string' },
  component: { type: 'string', multiple: true },
  now: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type OptionName = keyof typeof OPTIONS;

const EVERYWHERE: readonly OptionName[] = ['state', 'component', 'now', 'json'];
const FOR_TESTS: readonly OptionName[] = ['component', 'now'];
const COMMANDS: Readonly<Record<string, readonly OptionName[]>> = {
  request: ['vendor', 'product', 'code', 'name', 'out', 'entitlement', 'lease'],
  apply: [],
  status: [],
  deactivate: ['out', 'reason'],
};

/** A call as it was typed. */
export interface Call {
  readonly command: string;
  readonly file: string | null;
  /** The option's text. @throws UsageError when it is missing */
  need(name: 'state' | 'vendor' | 'product' | 'code' | 'name' | 'out'): string;
  get(name: 'entitlement' | 'lease' | 'reason'): string | undefined;
  /** Null when none was named. */
  readonly components: Readonly<Record<string, string>> | null;
  readonly now: Date | null;
  /** The machine is played: what was set by hand counts. */
  readonly isTest: boolean;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : 'expected other options', { cause });
  }
}

function readComponentOptions(options: readonly string[] | undefined): Record<string, string> | null {
  if (options === undefined) return null;
  const pairs = options.map((option) => {
    const [, name, value] = /^([A-Za-z0-9][A-Za-z0-9._-]{0,31})=(.*)$/s.exec(option) ?? [];
    if (name === undefined || value === undefined) throw new UsageError(`expected --component NAME=VALUE, found ${option}`);
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}

function readNow(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const now = new Date(text);
  const isInstant = /^\d{4}-\d{2}-\d{2}(T.*(Z|[+-]\d{2}:\d{2}))?$/.test(text) && !Number.isNaN(now.getTime());
  if (!isInstant || now.getTime() < 0)
    throw new UsageError(`expected --now as an instant such as 2026-09-21T14:13:20Z, found ${text}`);
  return now;
}

function checkNames(command: string, given: readonly string[]): void {
  const known: readonly string[] = [...(COMMANDS[command] ?? []), ...EVERYWHERE];
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`expected no --${unknown} with ${command}`);
}

/** A licence that believes what is typed about machine and clock runs anywhere and for ever. */
function checkForTests(given: readonly string[]): void {
  const option = FOR_TESTS.find((name) => given.includes(name));
  if (option !== undefined)
    throw new UsageError(`expected no --${option}, which is for tests only, where AIRGATE_DEVICE_TEST is off`);
}

/** Reads the arguments. Null: help was asked for. @throws UsageError */
export function readCall(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): Call | null {
  const { values, positionals } = parse(argv);
  const [command, file = null, ...more] = positionals;
  if (values.help === true) return null;
  if (command === undefined || !Object.hasOwn(COMMANDS, command)) {
    throw new UsageError(`expected one of ${Object.keys(COMMANDS).join(', ')}, found ${command ?? 'nothing'}`);
  }
  checkNames(command, Object.keys(values));
  const isTest = environment.AIRGATE_DEVICE_TEST !== 'off';
  if (!isTest) checkForTests(Object.keys(values));
  const takesFile = command === 'apply';
  if (more.length > 0 || (file === null) === takesFile)
    throw new UsageError(`expected ${takesFile ? 'one FILE' : 'no file'} after ${command}`);
  return {
    command,
    file,
    need(name) {
      const value = values[name];
      if (value === undefined || value === '') throw new UsageError(`expected --${name}`);
      return value;
    },
    get: (name) => values[name],
    components: readComponentOptions(values.component),
    now: readNow(values.now),
    isTest,
  };
}

import type { Command } from './command';

const PROGRAM = 'npm run -s airgate --';

function pad(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

/** The list of all commands. */
export function writeOverview(commands: readonly Command[]): string[] {
  return [
    'The operator’s side of Airgate: everything the vendor sets up, and the exchange of files without a browser.',
    '',
    `Usage: ${PROGRAM} COMMAND [OPTION…]`,
    '',
    ...pad(commands.map(({ name, positionals, summary }) => [positionals ? `${name} ${positionals}` : name, summary])),
    '',
    `More on one of them: ${PROGRAM} help COMMAND. Every command takes --json.`,
    'Exit status: 0 done, 1 refused (code, cause and fix are said), 2 usage, 3 fault.',
    'Works on the portal that runs, on DATABASE_URL, or on the embedded database, which is then started for the command.',
  ];
}

/** One command with its options. */
export function writeCommandHelp({ name, positionals, summary, options }: Command): string[] {
  const rows = Object.entries(options).map(([option, { value, help, required, multiple }]) => {
    const left = value === undefined ? `--${option}` : `--${option} ${value}`;
    const notes = [required ? 'required' : '', multiple ? 'may be repeated' : ''].filter((note) => note !== '').join(', ');
    return [left, notes === '' ? help : `${help} (${notes})`] as const;
  });
  const usage = ['Usage:', PROGRAM, name, positionals ?? '', rows.length > 0 ? '[OPTION…]' : ''].filter((part) => part !== '');
  return [summary, '', usage.join(' '), '', ...pad([...rows, ['--json', 'Print one JSON object.']])];
}

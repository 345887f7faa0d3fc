import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { MadeCustomer } from './make-customer';
import type { CommandResult } from './run-command';

type CommandLine = (...parameters: string[]) => Promise<CommandResult>;

interface MachineOptions {
  readonly device: CommandLine;
  readonly folder: string;
  readonly customer: Pick<MadeCustomer, 'vendorFile' | 'product' | 'code'>;
  readonly name: string;
  /** What the machine is known by; of its own when left out. */
  readonly components?: Readonly<Record<string, string>>;
}

/** A machine without a network. Each of its acts answers the path of the file it wrote. */
export interface PlayedMachine {
  readonly name: string;
  /** @param more further options of the command, such as `--now` */
  request(...more: string[]): Promise<string>;
  apply(answer: string): Promise<void>;
  deactivate(): Promise<string>;
}

/** Sets a machine up in a folder. */
export function playMachine({ device, folder, customer, name, components }: MachineOptions): PlayedMachine {
  const base = join(folder, `${name.toLowerCase().replaceAll(' ', '-')}-${customer.product}`);
  const parts = { machine: `${base} board`, memory: `${base} disk`, mac: `${base} network`, ...components };
  const known = Object.entries(parts).flatMap(([part, value]) => ['--component', `${part}=${value}`]);
  let files = 0;
  const run = async (...parameters: string[]) => {
    const { exitCode, stdout, stderr } = await device(...parameters, '--state', base);
    expect(exitCode, stderr || stdout).toBe(0);
  };
  const write = async (kind: string, ...parameters: string[]) => {
    files += 1;
    const file = `${base}-${files}.${kind}`;
    await run(...parameters, '--out', file);
    return file;
  };
  const named = ['--vendor', customer.vendorFile, '--product', customer.product, '--code', customer.code, '--name', name];
  return {
    name,
    request: (...more) => write('activation-request', 'request', ...named, ...known, ...more),
    apply: (answer) => run('apply', answer, ...known),
    deactivate: () => write('deactivation', 'deactivate'),
  };
}

interface Answered {
  /** The answer's file; null when there is none, as for a proof. */
  readonly answer: string | null;
}

/** Has a file answered on the operator's command line, as somebody. */
export async function answerFile(
  operator: CommandLine,
  { file, as, folder }: { file: string; as: string; folder: string },
): Promise<Answered> {
  const { exitCode, stdout, stderr } = await operator('exchange', file, '--as', as, '--out', folder, '--json');
  expect(exitCode, stderr || stdout).toBe(0);
  const { files }: { files: [Answered] } = JSON.parse(stdout);
  return files[0];
}

/** Activates a machine from request to applied answer, without a browser. */
export async function activate(operator: CommandLine, machine: PlayedMachine, by: { as: string; folder: string }): Promise<void> {
  const { answer } = await answerFile(operator, { file: await machine.request(), ...by });
  if (answer === null) throw new Error(`expected an answer for ${machine.name}, found none`);
  await machine.apply(answer);
}

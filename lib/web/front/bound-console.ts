import { format } from 'node:util';
import type { BoundedLog } from '../faults/bounded-log';
import { kindOf } from '../faults/bounded-log';

/** Messages of Next.js about requests it refused. They are no faults, and their stack traces are useless. */
const REFUSED =
  /Failed to find Server Action|Server Reference ID did not match|Invalid Server Actions request|does not match `origin` header|Missing `origin` header/;

export function isRefusedByNext(message: string): boolean {
  return REFUSED.test(message);
}

type ConsoleArguments = readonly unknown[];

function textOf(args: ConsoleArguments): string {
  const text = format(...args);
  return isRefusedByNext(text) ? (text.split('\n', 1)[0] ?? '') : text;
}

/** Sends what Next.js writes to the console through the bounded log, so that clients cannot fill the disk. */
export function boundConsole(target: Pick<Console, 'error' | 'warn'>, log: BoundedLog): void {
  const write = (...args: ConsoleArguments) => {
    const text = textOf(args);
    log.line(text, { kind: kindOf(text) });
  };
  Object.assign(target, { error: write, warn: write });
}

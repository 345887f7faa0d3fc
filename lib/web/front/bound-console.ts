import { format } from 'node:util';
import type { BoundedLog } from '../faults/bounded-log';
import { kindOf } from '../faults/bounded-log';

/** What Next.js says of a request that it refused: no fault, and where in Next.js that was tells nobody anything. */
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

/** Has what Next.js writes to the console by itself go through a log that nobody fills by sending the same again and again. */
export function boundConsole(target: Pick<Console, 'error' | 'warn'>, log: BoundedLog): void {
  const write = (...args: ConsoleArguments) => {
    const text = textOf(args);
    log.line(text, { kind: kindOf(text) });
  };
  Object.assign(target, { error: write, warn: write });
}

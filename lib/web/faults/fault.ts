import { randomBytes } from 'node:crypto';
import { kindOf, processLog } from './bounded-log';

/** What a fault happened in. */
interface Occasion {
  readonly method?: string;
  readonly path?: string;
  readonly task?: string;
}

/** A new event id, for a fault outside a page. */
export function makeEventId(): string {
  return randomBytes(4).toString('hex');
}

/**
 * Writes a fault as one JSON line on standard error. Values of the request are left out: they may be secret. Of the same fault many times in a
 * minute the rest is counted, with its first events.
 */
export function logFault(error: unknown, { event, ...occasion }: Occasion & { readonly event: string }): void {
  const fault = error instanceof Error ? error : new Error(`expected an error, found ${typeof error}`);
  const line = { at: new Date().toISOString(), level: 'fault', event, ...withoutSecret(occasion), ...described(fault) };
  processLog().line(JSON.stringify(line), { kind: kindOf(`${fault.name}: ${withoutValues(fault.message)}`), event });
}

// Whoever reads a calendar's address can read the calendar, and whoever reads a link that undoes can undo.
function withoutSecret({ path, ...occasion }: Occasion): Occasion {
  return path === undefined ? occasion : { ...occasion, path: path.replace(/^\/+(calendar|not-me)\/.*/s, '/$1/…') };
}

// The database layer appends the values of a failed query, which name people and secrets.
function withoutValues(text: string): string {
  return text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/g, '');
}

function described({ name, message, stack = '', cause }: Error): Record<string, unknown> {
  return {
    name,
    message: withoutValues(message),
    stack: withoutValues(stack),
    ...(cause instanceof Error ? { cause: described(cause) } : {}),
  };
}

import { randomBytes } from 'node:crypto';
import { kindOf, processLog } from './bounded-log';

/** Where a fault happened. */
interface Occasion {
  readonly method?: string;
  readonly path?: string;
  readonly task?: string;
}

/** Makes an event id for a fault outside a page: eight hex digits. */
export function makeEventId(): string {
  return randomBytes(4).toString('hex');
}

/**
 * Writes a fault as one JSON line on standard error. Omits values of the request, since they may be secret. Frequent repeats of one fault are
 * counted instead, with their first event ids.
 */
export function logFault(error: unknown, { event, ...occasion }: Occasion & { readonly event: string }): void {
  const fault = error instanceof Error ? error : new Error(`expected an error, found ${typeof error}`);
  const line = { at: new Date().toISOString(), level: 'fault', event, ...withoutSecret(occasion), ...described(fault) };
  processLog().line(JSON.stringify(line), { kind: kindOf(`${fault.name}: ${withoutValues(fault.message)}`), event });
}

// These paths contain secrets that grant access.
function withoutSecret({ path, ...occasion }: Occasion): Occasion {
  return path === undefined ? occasion : { ...occasion, path: path.replace(/^\/+(calendar|not-me)\/.*/s, '/$1/…') };
}

// The database layer appends the values of a failed query, which may be names or secrets.
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

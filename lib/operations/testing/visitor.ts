import { randomUUID } from 'node:crypto';
import type { VisitorActor } from '../actor';

/** Makes a visitor at a network address of their own. */
export function makeVisitor(client: string = randomUUID()): VisitorActor {
  return { role: 'visitor', label: 'visitor', client };
}

import { randomUUID } from 'node:crypto';
import type { VisitorActor } from '../actor';

/** Somebody who is signed out, at a network address that nobody else has. */
export function makeVisitor(client: string = randomUUID()): VisitorActor {
  return { role: 'visitor', label: 'visitor', client };
}

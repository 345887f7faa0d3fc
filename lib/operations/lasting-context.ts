import type { PersonalActor } from './actor';
import type { OperationContext } from './context';
import { findSignedIn } from './sign-in/session-current';

/**
 * The context of a session for work that goes on after its answer has begun: as it is whenever it is asked for. From the moment on when its
 * person was signed out or removed, has another role, or looks as somebody else, it is nobody's. What was begun for one reader would
 * otherwise go on for another, or with fewer rows, and look whole.
 *
 * @param sessionId null: nobody is signed in
 */
export function lastingContextOf(
  portal: Pick<OperationContext, 'db' | 'keyring' | 'now'>,
  sessionId: string | null,
): () => Promise<OperationContext> {
  let first: PersonalActor | null | undefined;
  return async () => {
    const found = sessionId === null ? null : ((await findSignedIn(portal, sessionId))?.actor ?? null);
    if (first === undefined) first = found;
    return { ...portal, actor: isSame(first, found) ? found : null, via: 'browser' };
  };
}

function isSame(one: PersonalActor | null, other: PersonalActor | null): boolean {
  if (one === null || other === null) return false;
  return one.userId === other.userId && one.role === other.role && one.onlyLooks === other.onlyLooks;
}

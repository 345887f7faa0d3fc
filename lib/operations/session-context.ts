import type { PersonalActor, VisitorActor } from './actor';
import type { OperationContext } from './context';
import { findSignedIn } from './sign-in/session-current';

/**
 * The context of a session for work that goes on after its answer has begun: as it is whenever it is asked for. From the moment on when its
 * person was signed out or removed, has another role, or looks as somebody else, it is a visitor's. What was begun for one reader would
 * otherwise go on for another, or with fewer rows, and look whole.
 *
 * @param session.id null: nobody is signed in
 * @param session.visitor who asks without it
 */
export function sessionContextReader(
  portal: Pick<OperationContext, 'db' | 'keyring' | 'now'>,
  session: { readonly id: string | null; readonly visitor: VisitorActor },
): () => Promise<OperationContext> {
  let first: PersonalActor | null | undefined;
  return async () => {
    const found = session.id === null ? null : ((await findSignedIn(portal, session.id))?.actor ?? null);
    if (first === undefined) first = found;
    return { ...portal, actor: isSame(first, found) ? found : session.visitor, via: 'browser' };
  };
}

function isSame(one: PersonalActor | null, other: PersonalActor | null): other is PersonalActor {
  if (one === null || other === null) return false;
  return one.userId === other.userId && one.role === other.role && one.readOnlyReason === other.readOnlyReason;
}

import type { PersonalActor, VisitorActor } from './actor';
import type { OperationContext } from './context';
import { findSignedIn } from './sign-in/session-current';

/**
 * Makes a function that reads the context of a session anew at each call, for work that goes on after its response has begun. The context
 * becomes a visitor's once the person has signed out, was removed, has another role, or starts or ends an impersonation: a response that was
 * begun for one reader would otherwise go on for another, or with fewer rows, and look complete.
 *
 * @param session.id null when nobody is signed in
 * @param session.visitor the actor without a session
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

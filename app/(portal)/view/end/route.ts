import { perform } from '@/lib/operations/operation';
import { endImpersonation } from '@/lib/operations/support/impersonate';
import { currentSignedIn, ownContext, signInPath } from '@/lib/web/request-context';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';

/** Ends the view as another person, and redirects to their page. */
export const POST = answerRoute(async () => {
  const signedIn = await currentSignedIn();
  if (signedIn === null) return seeOther(signInPath('/search'));
  const { actor, sessionId } = signedIn;
  await perform(endImpersonation, { session: sessionId }, await ownContext());
  return seeOther(actor.role === 'support' ? '/search' : `/people/${actor.userId}`);
});

import { perform } from '@/lib/operations/operation';
import { signOut } from '@/lib/operations/sign-in/session-end';
import { currentSignedIn, ownContext } from '@/lib/web/request-context';
import { dropCookie } from '@/lib/web/requests/set-cookie';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';
import { cookieNames } from '@/lib/web/sign-in/auth';

/** Signs out: ends the session row, then deletes the cookies. */
export const POST = answerRoute(async () => {
  const signedIn = await currentSignedIn();
  if (signedIn !== null) await perform(signOut, { session: signedIn.sessionId }, await ownContext());
  const { session, recovery } = cookieNames();
  return seeOther('/sign-in?signed-out=yes', [dropCookie(session), dropCookie(recovery)]);
});

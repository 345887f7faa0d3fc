import { perform } from '@/lib/operations/operation';
import { sessionEnd, sessionEndOthers } from '@/lib/operations/sign-in/session-end';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { currentSignedIn, proofPath, requestContext, signInPath } from '@/lib/web/request-context';
import { readForm } from '@/lib/web/requests/read-form';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';

/** Ends one of the reader's sessions (field `session`), or all but this one (field `others`). */
export const POST = answerRoute(async (request) => {
  const signedIn = await currentSignedIn();
  if (signedIn === null) return seeOther(signInPath('/sessions'));
  const form = await readForm(request);
  const context = await requestContext();
  const result =
    form.ok && form.value.has('others')
      ? await perform(sessionEndOthers, { current: signedIn.sessionId }, context)
      : await perform(sessionEnd, { session: form.ok ? form.value.get('session') : null }, context);
  if (!result.ok && result.rejection.code === 'fresh-proof-needed') return seeOther(proofPath('/sessions'));
  return seeOther(result.ok ? '/sessions?ended=yes' : refusedAt('/sessions', result));
});

import { perform } from '@/lib/operations/operation';
import { startImpersonation } from '@/lib/operations/support/impersonate';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { currentSignedIn, requestContext, signInPath } from '@/lib/web/request-context';
import { readForm } from '@/lib/web/requests/read-form';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';

/** Starts the read-only view as the person in the field `person`. A route instead of a server action, so that the layout is rendered anew. */
export const POST = answerRoute(async (request) => {
  const signedIn = await currentSignedIn();
  if (signedIn === null) return seeOther(signInPath('/search'));
  const form = await readForm(request);
  const personId = form.ok ? (form.value.get('person') ?? '') : '';
  const result = await perform(startImpersonation, { personId, session: signedIn.sessionId }, await requestContext());
  return seeOther(result.ok ? '/exchange' : refusedAt(`/people/${encodeURIComponent(personId)}`, result));
});

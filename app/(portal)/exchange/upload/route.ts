import { submitFile } from '@/lib/operations/exchange/submit-file';
import { perform } from '@/lib/operations/operation';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { requestContext, signInPath } from '@/lib/web/request-context';
import { readUpload } from '@/lib/web/requests/read-upload';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';

/** Submits a file posted by a browser without scripts, and redirects to its preview. */
export const POST = answerRoute(async (request) => {
  const context = await requestContext();
  if (context.actor.role === 'visitor') return seeOther(signInPath('/exchange'));
  const result = await perform(submitFile, await readUpload(request), context);
  return seeOther(result.ok ? `/exchange/${result.value.submissionId}` : refusedAt('/exchange', result));
});

/** Redirects a reload of the form address. */
export const GET = answerRoute(async () => seeOther('/exchange'));

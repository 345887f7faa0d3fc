import { perform } from '@/lib/operations/operation';
import { inspectFile } from '@/lib/operations/support/inspect-file';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { requestContext, signInPath } from '@/lib/web/request-context';
import { readUpload } from '@/lib/web/requests/read-upload';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';

/** Takes in a file that support looks into, posted by a browser without scripts. */
export const POST = answerRoute(async (request) => {
  const context = await requestContext();
  if (context.actor.role === 'visitor') return seeOther(signInPath('/search'));
  const result = await perform(inspectFile, await readUpload(request), context);
  return seeOther(result.ok ? `/inspect/${result.value.inspectionId}` : refusedAt('/search', result));
});

/** Somebody reloaded the address the form posted to. */
export const GET = answerRoute(async () => seeOther('/search'));

import { guestSubmit } from '@/lib/operations/guest/guest-submit';
import { perform } from '@/lib/operations/operation';
import { guestContext, visitorCookie } from '@/lib/web/guest/guest-context';
import { pageAddress, refusalQuery } from '@/lib/web/refusals/refusal-query';
import { readUpload } from '@/lib/web/requests/read-upload';
import { setCookie } from '@/lib/web/requests/set-cookie';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';

/** Takes in a file posted by a browser without scripts, and leads to its preview. */
export const POST = answerRoute(async (request) => {
  const context = await guestContext();
  const result = await perform(guestSubmit, await readUpload(request), context);
  if (!result.ok) return seeOther(pageAddress('/guest', refusalQuery(result.rejection)));
  const { name, value, keptForSeconds } = visitorCookie(context);
  const { submissionId, repeated } = result.value;
  const address = pageAddress(`/guest/${submissionId}`, { again: repeated ? 'yes' : null });
  return seeOther(address, [setCookie(name, value, keptForSeconds)]);
});

/** Somebody reloaded the address the form posted to. */
export const GET = answerRoute(async () => seeOther('/guest'));

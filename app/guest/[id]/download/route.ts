import { guestDownload } from '@/lib/operations/guest/guest-preview';
import { perform } from '@/lib/operations/operation';
import { guestContext } from '@/lib/web/guest/guest-context';
import { answerRoute, PRIVATE } from '@/lib/web/responses/respond';
import { respondFile } from '@/lib/web/responses/respond-file';
import { retryAfter } from '@/lib/web/responses/retry-after';

/** The answer to a guest's file, byte for byte as it was made. */
export const GET = answerRoute(async (_request, { params }: RouteContext<'/guest/[id]/download'>) => {
  const { id } = await params;
  const result = await perform(guestDownload, { submissionId: id }, await guestContext());
  if (result.ok) return respondFile(result.value);
  if (result.rejection.code !== 'too-many-attempts')
    return new Response('There is no such file.\n', { status: 404, headers: PRIVATE });
  return new Response('Too many files were asked for. Wait a quarter of an hour, then try again.\n', {
    status: 429,
    headers: { ...PRIVATE, ...retryAfter(result.rejection) },
  });
});

import { downloadReply } from '@/lib/operations/exchange/show-exchange';
import { perform } from '@/lib/operations/operation';
import { requestContext, signInPath } from '@/lib/web/request-context';
import { answerRoute, PRIVATE, seeOther } from '@/lib/web/responses/respond';
import { respondFile } from '@/lib/web/responses/respond-file';

/** Downloads the answer of an exchange, byte for byte as stored. */
export const GET = answerRoute(async (_request, { params }: RouteContext<'/files/[id]/download'>) => {
  const { id } = await params;
  const result = await perform(downloadReply, { exchangeId: id }, await requestContext());
  if (!result.ok && result.rejection.code === 'sign-in-needed') return seeOther(signInPath(`/files/${encodeURIComponent(id)}`));
  return result.ok ? respondFile(result.value) : new Response('There is no such file.\n', { status: 404, headers: PRIVATE });
});

import { issueRefreshFiles } from '@/lib/operations/leases/issue-refresh-files';
import { perform } from '@/lib/operations/operation';
import { zipRefreshFiles } from '@/lib/web/leases/zip-refresh-files';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { currentContextReader, signInPath } from '@/lib/web/request-context';
import { answerRoute, PRIVATE, seeOther } from '@/lib/web/responses/respond';

/** Makes a refresh file for every device with a running lease, and streams them as one zip. */
export const POST = answerRoute(async (_request, { params }: RouteContext<'/entitlements/[id]/refresh-files'>) => {
  const { id } = await params;
  const here = `/entitlements/${encodeURIComponent(id)}`;
  const contextNow = await currentContextReader();
  const result = await perform(issueRefreshFiles, { entitlementId: id }, { ...(await contextNow()), contextNow });
  if (!result.ok && result.rejection.code === 'sign-in-needed') return seeOther(signInPath(here));
  if (!result.ok) return seeOther(refusedAt(here, result));
  const headers = {
    ...PRIVATE,
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="refresh-files-${id.slice(0, 8)}.zip"`,
  };
  return new Response(zipRefreshFiles(result.value), { headers });
});

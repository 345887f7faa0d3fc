import { perform } from '@/lib/operations/operation';
import { downloadReply } from '@/lib/operations/show-exchange';
import { requestContext, signInPath } from '@/lib/web/context';
import { answerRoute, PRIVATE, seeOther } from '@/lib/web/respond';

/** The answer of an exchange as a file, byte for byte as it was made. */
export const GET = answerRoute(async (_request, { params }: RouteContext<'/files/[id]/download'>) => {
  const { id } = await params;
  const result = await perform(downloadReply, { exchangeId: id }, await requestContext());
  if (!result.ok && result.rejection.code === 'sign-in-needed') return seeOther(signInPath(`/files/${encodeURIComponent(id)}`));
  if (!result.ok) return new Response('There is no such file.\n', { status: 404, headers: PRIVATE });
  const { name, text } = result.value;
  return new Response(text, {
    headers: {
      ...PRIVATE,
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encodeName(name)}`,
    },
  });
});

/** For readers that know no other form (RFC 6266, section 4.3). */
function asciiName(name: string): string {
  return name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
}

/** RFC 8187 leaves fewer characters as they are than addresses do. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

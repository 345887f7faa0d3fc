import type { AuditPart } from '@/lib/operations/export-audit';
import { exportAudit } from '@/lib/operations/export-audit';
import { done, perform } from '@/lib/operations/operation';
import { requestContext, signInPath } from '@/lib/web/context';
import { answerRoute, PRIVATE, seeOther } from '@/lib/web/respond';
import { streamParts } from '@/lib/web/stream-parts';

const textOf = ({ lines, next }: AuditPart) => ({ text: lines.map((line) => `${line}\n`).join(''), next });

/** The sealed audit of a customer as JSON lines (docs/formats/audit.md): of the reader's own, or of the one that support names. */
export const GET = answerRoute(async (request) => {
  const context = await requestContext();
  const customer = new URL(request.url).searchParams.get('customer') || null;
  const first = await perform(exportAudit, { customer }, context);
  if (!first.ok && first.rejection.code === 'sign-in-needed') return seeOther(signInPath('/activity'));
  if (!first.ok) return new Response('There is no such audit.\n', { status: 404, headers: PRIVATE });
  const body = streamParts({
    name: 'audit',
    first: textOf(first.value),
    async readNext(after) {
      const part = await perform(exportAudit, { customer, after }, context);
      return part.ok ? done(textOf(part.value)) : part;
    },
  });
  const headers = {
    ...PRIVATE,
    'Content-Type': 'application/jsonl; charset=utf-8',
    'Content-Disposition': 'attachment; filename="audit.jsonl"',
  };
  return new Response(body, { headers });
});

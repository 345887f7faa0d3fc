import { exportAudit } from '@/lib/operations/audit/export-audit';
import { done, perform } from '@/lib/operations/operation';
import { currentContextReader } from '@/lib/web/request-context';
import { answerRoute } from '@/lib/web/responses/respond';
import { respondParts } from '@/lib/web/responses/respond-parts';

/** Exports the sealed audit of one customer as JSON lines (docs/formats/audit.md): the reader's own, or the one that support chose. */
export const GET = answerRoute(async (request) => {
  const customer = new URL(request.url).searchParams.get('customer') || null;
  return respondParts<number>({
    ...{ name: 'audit', fileName: 'audit.jsonl', contentType: 'application/jsonl' },
    ...{ page: '/activity', missing: 'There is no such audit.', contextNow: await currentContextReader() },
    async readPart(after, context) {
      const part = await perform(exportAudit, { customer, after: after ?? 0 }, context);
      if (!part.ok) return part;
      const { lines, next } = part.value;
      return done({ text: lines.map((line) => `${line}\n`).join(''), next });
    },
  });
});

import { formatPlainSentence } from '@/components/audit/format-audit-entry';
import type { ListedAudit } from '@/lib/operations/audit/list-audit';
import { listAudit } from '@/lib/operations/audit/list-audit';
import { done, perform } from '@/lib/operations/operation';
import { currentContextReader } from '@/lib/web/request-context';
import { answerRoute } from '@/lib/web/responses/respond';
import { respondCsv } from '@/lib/web/responses/respond-csv';
import { readActivityFilter, toFilter } from '../activity-filter';
import { causeOf, sentenceOf, whoOf } from '../to-event';

const PLAIN = { seesPeople: false, seesAll: false };

const COLUMNS = {
  When: (row: ListedAudit) => row.at,
  Customer: (row: ListedAudit) => row.customerName,
  Who: (row: ListedAudit) => whoOf(row, false).name,
  'E-mail address': (row: ListedAudit) => (row.userId === null ? null : row.actor),
  'What happened': (row: ListedAudit) => formatPlainSentence(sentenceOf(row, PLAIN)),
  'Refused because': (row: ListedAudit) => causeOf(row),
  Code: (row: ListedAudit) => row.code,
  'Trouble code': (row: ListedAudit) => row.troubleCode,
  Device: (row: ListedAudit) => row.deviceName,
  Entitlement: (row: ListedAudit) => row.entitlementName,
  File: (row: ListedAudit) => row.fileName,
  Event: (row: ListedAudit) => row.action,
};

/** Exports the activity list as CSV, with the filter of the page, newest first. */
export const GET = answerRoute(async (request) => {
  const { searchParams } = new URL(request.url);
  const filter = toFilter(readActivityFilter((name) => searchParams.get(name) ?? ''));
  return respondCsv({
    ...{ name: 'activity', page: '/activity', columns: COLUMNS, contextNow: await currentContextReader() },
    async readPage(after, context) {
      const result = await perform(listAudit, { ...filter, after }, context);
      return result.ok ? done({ rows: result.value.rows, next: result.value.older?.toString() ?? null }) : result;
    },
  });
});

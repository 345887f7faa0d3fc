import { perform } from '@/lib/operations/operation';
import { personStateOf } from '@/lib/operations/people/person-state';
import type { PersonListed } from '@/lib/operations/people/show-people';
import { listPeople } from '@/lib/operations/people/show-people';
import { currentContextReader } from '@/lib/web/request-context';
import { answerRoute } from '@/lib/web/responses/respond';
import { respondCsv } from '@/lib/web/responses/respond-csv';

const COLUMNS = {
  Name: (row: PersonListed) => row.name,
  'E-mail address': (row: PersonListed) => row.email,
  Customer: (row: PersonListed) => row.customerName,
  Role: (row: PersonListed) => row.role,
  State: (row: PersonListed) => personStateOf(row),
  'Entitlements assigned': (row: PersonListed) => row.assigned,
  Invited: (row: PersonListed) => row.invitedAt,
  'Mail server said': (row: PersonListed) => row.mailAnswer,
  'Last sign-in': (row: PersonListed) => row.lastSignInAt,
  Removed: (row: PersonListed) => row.removedAt,
};

/** Exports the people as CSV, with the filter of the page. */
export const GET = answerRoute(async (request) => {
  const search = new URL(request.url).searchParams.get('q') ?? '';
  return respondCsv({
    ...{ name: 'people', page: '/people', columns: COLUMNS, contextNow: await currentContextReader() },
    readPage: (after, context) => perform(listPeople, { search, after }, context),
  });
});

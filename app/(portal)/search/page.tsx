import { SearchX } from '@lucide/icons';
import type { Metadata } from 'next';
import { DropZone } from '@/components/exchange/drop-zone';
import { EmptyState } from '@/components/feedback/empty-state';
import { Note } from '@/components/feedback/note';
import { SearchField } from '@/components/forms/search-field';
import { PageHeader } from '@/components/layout/page-header';
import { oneOf } from '@/components/tables/list-address';
import { explain } from '@/lib/licensing/refusals/rejection';
import { perform } from '@/lib/operations/operation';
import { searchEverything } from '@/lib/operations/support/search-everything';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { RefusedNote } from '../seats/refused-note';
import { inspect } from './actions';
import { Results } from './results';

export const metadata: Metadata = { title: 'Search' };

/** Start page of support: finds anything that a customer quotes, and inspects files. */
export default async function SearchPage({ searchParams }: PageProps<'/search'>) {
  await requireSignedIn('/search');
  const query = await searchParams;
  const search = oneOf(query.q);
  const result = resultForPage(await perform(searchEverything, { text: search }, await requestContext()), '/search');
  const mistyped = !result.ok && result.rejection.code === 'trouble-code-mistyped';
  if (!result.ok && !mistyped) return <Note tone="stopped">{explain(result.rejection).cause}</Note>;
  const { text, groups } = result.ok ? result.value : { text: search, groups: [] };
  return (
    <>
      <PageHeader
        title="Search"
        lead="Customer, e-mail, device, start of a fingerprint or of an id, trouble code, last four of a code, order reference."
      />
      <RefusedNote query={query} />
      <SearchField label="Whatever the customer quotes" value={search} />
      {result.ok ? null : (
        <Note tone="soon">
          {explain(result.rejection).cause} {explain(result.rejection).fix}
        </Note>
      )}
      {result.ok && text !== '' && groups.length === 0 ? (
        <EmptyState icon={SearchX} title={`Nothing found for “${text}”`}>
          Names, references and ids are found by how they start. Two characters are enough for a name, eight for an id.
        </EmptyState>
      ) : null}
      <Results groups={groups} text={text} />
      <div className="mt-12">
        <DropZone
          action={inspect}
          postTo="/inspect/upload"
          title="Drop any file here to look into it"
          touchTitle="Choose a file to look into"
          hint="Nothing is handed in, and nothing changes for the customer."
        />
      </div>
    </>
  );
}

import { FileClock } from '@lucide/icons';
import type { Metadata } from 'next';
import { ButtonLink } from '@/components/actions/button-link';
import { DropZone } from '@/components/exchange/drop-zone';
import { ExchangeTimeline } from '@/components/exchange/exchange-timeline';
import { EmptyState } from '@/components/feedback/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { Instant } from '@/components/time/instant';
import { listExchanges } from '@/lib/operations/exchange/list-exchanges';
import { perform } from '@/lib/operations/operation';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { RefusedNote } from '../seats/refused-note';
import { sendFile } from './actions';
import { toTimeline } from './to-timeline';

export const metadata: Metadata = { title: 'Exchange' };

/** Start page: hand in a file, continue with one, or download an answer again. */
export default async function ExchangePage({ searchParams }: PageProps<'/exchange'>) {
  await requireSignedIn('/exchange');
  const result = resultForPage(await perform(listExchanges, {}, await requestContext()), '/exchange');
  const { waiting, recent } = result.ok ? result.value : { waiting: [], recent: [] };
  return (
    <>
      <PageHeader title="Exchange" lead="Bring the file your offline machine wrote, and carry back the answer." />
      <RefusedNote query={await searchParams} />
      <DropZone action={sendFile} hint="You see what will happen before anything changes." />
      {waiting.length === 0 ? null : (
        <Section id="waiting" title="Waiting for your decision">
          <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
            {waiting.map((file) => (
              <li key={file.id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 sm:px-5">
                <div className="min-w-0">
                  <p className="truncate font-medium text-sm">{file.deviceName ?? file.fileName ?? 'Pasted text'}</p>
                  <p className="text-ink-3 text-xs">
                    {file.outcome === 'refused' ? 'No seat was free' : 'Looked at, not answered'} ·{' '}
                    <Instant at={file.at} precision="minute" />
                  </p>
                </div>
                <ButtonLink href={`/exchange/${file.id}`} size="small">
                  Go on
                </ButtonLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section id="recent" title="Last exchanges">
        {recent.length === 0 ? (
          <EmptyState icon={FileClock} title="No exchange yet">
            Write a request on the offline machine, bring the file here and drop it above. The answer will be kept here for you.
          </EmptyState>
        ) : (
          <ExchangeTimeline events={recent.map(toTimeline)} />
        )}
      </Section>
    </>
  );
}

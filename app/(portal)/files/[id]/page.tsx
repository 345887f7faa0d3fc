import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { Note } from '@/components/feedback/note';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { ExchangeShown } from '@/lib/operations/exchange/show-exchange';
import { showExchange } from '@/lib/operations/exchange/show-exchange';
import { perform } from '@/lib/operations/operation';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { AnswerFile } from './answer-file';
import { IssuedFile } from './issued-file';
import { SeatReturned } from './seat-returned';

export const metadata: Metadata = { title: 'Done' };

/** Shows the result of an exchange: the answer to carry back, or the returned seat. */
export default async function FilePage({ params, searchParams }: PageProps<'/files/[id]'>) {
  const { id } = await params;
  const here = `/files/${encodeURIComponent(id)}`;
  await requireSignedIn(here);
  const result = resultForPage(await perform(showExchange, { exchangeId: id }, await requestContext()), here);
  if (!result.ok) return <Note tone="stopped">{explain(result.rejection).cause}</Note>;

  const { exchange, subject, reply, now } = result.value;
  const again = (await searchParams).again === 'yes';
  redirectOnwards(exchange);
  if (exchange.outcome === 'issued' && reply !== null) return <IssuedFile exchange={exchange} reply={reply} now={now} />;
  if (subject === null || subject.found === null) notFound();

  return (
    <>
      {again ? (
        <div className="mb-6">
          <Note tone="info">
            This file was handed in before.{' '}
            {reply === null ? 'Its activation ended then.' : 'Here is the same answer; no second seat was used.'}
          </Note>
        </div>
      ) : null}
      {reply === null ? (
        <SeatReturned exchange={exchange} found={subject.found} now={subject.now} />
      ) : (
        <AnswerFile exchange={exchange} reply={reply} found={subject.found} now={subject.now} />
      )}
    </>
  );
}

/** Redirects to the page with the result, when it is another one. */
function redirectOnwards({ id, outcome, answeredBy, submissionId }: ExchangeShown): void {
  if (outcome === 'repeated' && answeredBy !== null) redirect(`/files/${answeredBy}?again=yes`);
  if (outcome === 'previewed' || outcome === 'refused') redirect(`/exchange/${submissionId ?? id}`);
}

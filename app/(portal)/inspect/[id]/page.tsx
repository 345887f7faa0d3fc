import { CircleCheck, OctagonX } from '@lucide/icons';
import type { Metadata } from 'next';
import { StateBadge } from '@/components/badges/state-badge';
import { CheckList } from '@/components/exchange/check-list';
import { ExchangeTimeline } from '@/components/exchange/exchange-timeline';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { explain } from '@/lib/licensing/refusals/rejection';
import { perform } from '@/lib/operations/operation';
import { showInspection } from '@/lib/operations/support/show-inspection';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { toInspectedTimeline } from '../../exchange/to-timeline';
import { DecodedFields } from './fields';
import { FileContent } from './file-content';
import { WouldBeCard } from './would-be';

export const metadata: Metadata = { title: 'Look into a file' };

const OPENS = { tone: 'fine', icon: CircleCheck, word: 'Opens' } as const;
const SHUT = { tone: 'stopped', icon: OctagonX, word: 'Cannot be opened' } as const;

/** A file, looked into: its text, every check, what it says, and what the portal did with it before. */
export default async function InspectPage({ params }: PageProps<'/inspect/[id]'>) {
  const { id } = await params;
  const here = `/inspect/${encodeURIComponent(id)}`;
  await requireSignedIn(here);
  const result = resultForPage(await perform(showInspection, { id }, await requestContext()), here);
  if (!result.ok) return <Note tone="stopped">{explain(result.rejection).cause}</Note>;
  const { file, maskedText, checks, learnt, rejection, wouldBe, before } = result.value;
  return (
    <>
      <PageHeader
        back={{ href: '/search', label: 'Search' }}
        title={file.fileName ?? 'Pasted text'}
        lead={rejection === null ? undefined : explain(rejection).cause}
        state={<StateBadge {...(rejection === null ? OPENS : SHUT)} />}
      />
      <div className="grid items-start gap-8 lg:grid-cols-2">
        <Section id="text" title="The file">
          <FileContent file={file} maskedText={maskedText} />
        </Section>
        <div className="min-w-0">
          <Section id="checks" title="Checks">
            <Card>
              <CheckList checks={checks} />
            </Card>
          </Section>
          {wouldBe === null ? null : (
            <Section id="now" title="Handed in now" lead="Nothing is changed by looking.">
              <WouldBeCard wouldBe={wouldBe} />
            </Section>
          )}
          <DecodedFields learnt={learnt} />
        </div>
      </div>
      <Section id="before" title="What was done with it before">
        {before.length === 0 ? (
          <p className="text-ink-2 text-sm">It was never handed in.</p>
        ) : (
          <ExchangeTimeline events={before.map(toInspectedTimeline)} />
        )}
      </Section>
    </>
  );
}

import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Note } from '@/components/feedback/note';
import { oneOf } from '@/components/tables/list-address';
import { explain } from '@/lib/licensing/refusals/rejection';
import { previewFile } from '@/lib/operations/exchange/preview-file';
import { perform } from '@/lib/operations/operation';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { RefusedNote } from '../../seats/refused-note';
import { ReleasedNote } from '../../seats/released-note';
import { ActivationPreviewed } from './activation-preview';
import { DeactivationPreviewed } from './deactivation-preview';
import { RefusedFile } from './refused-file';

export const metadata: Metadata = { title: 'Before anything changes' };

/** A file that was handed in: what answering it would change, or why it cannot be answered. */
export default async function PreviewPage({ params, searchParams }: PageProps<'/exchange/[id]'>) {
  const { id } = await params;
  const here = `/exchange/${encodeURIComponent(id)}`;
  const { actor } = await requireSignedIn(here);
  const query = await searchParams;
  const context = await requestContext();
  const result = resultForPage(await perform(previewFile, { submissionId: id }, context), here);
  if (!result.ok) return <Note tone="stopped">{explain(result.rejection).cause}</Note>;

  const { preview, rejection } = result.value;
  const vendor = await context.keyring.identity();
  const released = <ReleasedNote word={oneOf(query.released)} seat={oneOf(query.seat)} />;
  if (rejection !== null || preview === null) {
    return (
      <>
        {released}
        <RefusedFile file={result.value} vendor={vendor} actor={actor} />
      </>
    );
  }
  if (preview.answeredBy !== null) redirect(`/files/${preview.answeredBy}?again=yes`);

  return (
    <>
      {released}
      <RefusedNote query={query} tone={oneOf(query.refused) === 'busy' ? 'soon' : 'stopped'} />
      {preview.kind === 'activation' ? (
        <ActivationPreviewed submissionId={id} preview={preview} />
      ) : (
        <DeactivationPreviewed submissionId={id} preview={preview} />
      )}
    </>
  );
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Note } from '@/components/feedback/note';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';
import { guestPreview } from '@/lib/operations/guest/guest-preview';
import type { GuestFile } from '@/lib/operations/guest/guest-shown';
import { perform } from '@/lib/operations/operation';
import { guestContext } from '@/lib/web/guest/guest-context';
import { readableFacts } from '@/lib/web/refusals/readable-facts';
import { refusalFromQuery } from '@/lib/web/refusals/refusal-query';
import { GuestActivationPreview } from './activation-preview';
import { GuestAnswerFile } from './answer-file';
import { GuestDeactivationPreview } from './deactivation-preview';
import { GuestRefusedFile } from './refused-file';
import { GuestSeatReturned } from './seat-returned';

export const metadata: Metadata = { title: 'Your file' };

/** A file that this browser handed in without an account: what answering it would change, its answer, or why there is none. */
export default async function GuestFilePage({ params, searchParams }: PageProps<'/guest/[id]'>) {
  const { id } = await params;
  const context = await guestContext();
  const result = await perform(guestPreview, { submissionId: id }, context);
  if (!result.ok && result.rejection.code === 'too-many-attempts') return <TooOften rejection={result.rejection} />;
  // What is another's, is too old or is no id at all is answered like what does not exist.
  if (!result.ok) notFound();
  const query = await searchParams;
  const heldBack = refusalFromQuery(query);
  const vendor = await context.keyring.identity();
  return (
    <>
      {heldBack === null || result.value.state === 'refused' ? null : (
        <div role="alert" className="mb-6">
          <Note tone="soon">
            {explain(heldBack).cause} {explain(heldBack).fix} Nothing was changed.
          </Note>
        </div>
      )}
      {query.again === 'yes' ? <AnsweredBefore file={result.value} /> : null}
      <FileShown submissionId={id} file={result.value} vendor={vendor} />
    </>
  );
}

function TooOften({ rejection: { code, facts } }: { readonly rejection: Rejection }) {
  const { cause, fix } = explain({ code, facts: readableFacts(facts) });
  return (
    <div role="alert">
      <h1 className="sr-only">Your file</h1>
      <Note tone="soon">
        {cause} {fix} Your file is kept.
      </Note>
    </div>
  );
}

function AnsweredBefore({ file }: { readonly file: GuestFile }) {
  if (file.state !== 'answered' && file.state !== 'returned') return null;
  return (
    <div className="mb-6">
      <Note tone="info">
        This file was handed in before.{' '}
        {file.state === 'returned' ? 'Its activation ended then.' : 'Here is the same answer; no second seat was used.'}
      </Note>
    </div>
  );
}

interface FileShownProps {
  readonly submissionId: string;
  readonly file: GuestFile;
  readonly vendor: { readonly name: string; readonly supportContact: string };
}

function FileShown({ submissionId, file, vendor }: FileShownProps) {
  switch (file.state) {
    case 'activation':
      return <GuestActivationPreview submissionId={submissionId} file={file} />;
    case 'deactivation':
      return <GuestDeactivationPreview submissionId={submissionId} file={file} />;
    case 'answered':
      return <GuestAnswerFile submissionId={submissionId} file={file} />;
    case 'returned':
      return <GuestSeatReturned file={file} />;
    case 'refused':
      return <GuestRefusedFile submissionId={submissionId} file={file} vendor={vendor} />;
  }
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DropZone } from '@/components/exchange/drop-zone';
import { Note } from '@/components/feedback/note';
import { PageHeader } from '@/components/layout/page-header';
import { Steps } from '@/components/tables/steps';
import { explain } from '@/lib/licensing/refusals/rejection';
import { isGuestExchangeOffered } from '@/lib/web/guest/guest-context';
import { refusalFromQuery } from '@/lib/web/refusals/refusal-query';
import { sendGuestFile } from './actions';

export const metadata: Metadata = { title: 'Exchange a file without an account' };

/** The front door for somebody without an account whose file carries its own right. */
export default async function GuestPage({ searchParams }: PageProps<'/guest'>) {
  if (!(await isGuestExchangeOffered())) notFound();
  const rejection = refusalFromQuery(await searchParams);
  return (
    <>
      <PageHeader
        title="Exchange a file without an account"
        lead="Bring the file your offline machine wrote, and carry back the answer. The activation code in it is all you need."
      />
      {rejection === null ? null : (
        <div role="alert" className="mb-6">
          <Note tone="soon">
            {explain(rejection).cause} {explain(rejection).fix} Nothing was changed.
          </Note>
        </div>
      )}
      <DropZone action={sendGuestFile} postTo="/guest/upload" hint="You see what will happen before anything changes." />
      <div className="mt-12">
        <Steps
          id="steps"
          title="How it goes"
          steps={[
            'Enter your activation code in the software on the offline machine, and let it write an activation request.',
            'Bring that file here. You see what will happen, and decide.',
            'Carry the answer back to the machine and open it there.',
          ]}
        />
      </div>
    </>
  );
}

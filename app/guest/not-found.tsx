import { SearchX } from '@lucide/icons';
import type { Metadata } from 'next';
import { ButtonLink } from '@/components/actions/button-link';
import { EmptyState } from '@/components/feedback/empty-state';

export const metadata: Metadata = { title: 'Nothing here' };

/** What is not there, what another browser handed in, and what was handed in too long ago. */
export default function GuestNotFound() {
  return (
    <>
      <h1 className="sr-only">Nothing here</h1>
      <EmptyState
        icon={SearchX}
        title="There is nothing here, or nothing that this browser may see"
        action={
          <ButtonLink href="/guest" kind="primary">
            Bring a file
          </ButtonLink>
        }
      >
        A file that was handed in without an account is shown for a day, in the same browser. Bring the same file again: it gets
        the same answer.
      </EmptyState>
    </>
  );
}

import { SearchX } from '@lucide/icons';
import type { Metadata } from 'next';
import { ButtonLink } from '@/components/acts/button-link';
import { EmptyState } from '@/components/notes/empty-state';

export const metadata: Metadata = { title: 'Nothing here' };

/** The same inside the frame of the portal. */
export default function NotFound() {
  return (
    <>
      <h1 className="sr-only">Nothing here</h1>
      <EmptyState
        icon={SearchX}
        title="There is nothing here, or nothing that you may see"
        action={
          <ButtonLink href="/exchange" kind="primary">
            Go to the exchange
          </ButtonLink>
        }
      >
        Check the address. If somebody sent it to you, ask your administrator to assign it to you.
      </EmptyState>
    </>
  );
}

import { SearchX } from '@lucide/icons';
import { ButtonLink } from '@/components/actions/button-link';
import { EmptyState } from '@/components/feedback/empty-state';
import { AddressReference } from './address-reference';

/** Content of not-found pages: for what is missing or not visible to this person. */
export function NothingHere() {
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
      <AddressReference />
    </>
  );
}

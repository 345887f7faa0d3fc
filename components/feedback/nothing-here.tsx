import { SearchX } from '@lucide/icons';
import { ButtonLink } from '@/components/actions/button-link';
import { EmptyState } from '@/components/feedback/empty-state';

/** What is said of an address where nothing is, or nothing that this person may see. */
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

import { useEffect, useState } from 'react';
import { ReferenceLine } from '@/components/feedback/reference-line';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';

/** The trouble code in the address, on pages that are told no address: those of what is not there. */
function AddressReference() {
  const [reference, setReference] = useState<string | null>(null);
  useEffect(() => setReference(new URLSearchParams(window.location.search).get('trouble')), []);
  if (reference === null || !isTroubleCode(reference)) return null;
  return (
    <div className="mt-4 flex justify-center">
      <ReferenceLine reference={reference} />
    </div>
  );
}

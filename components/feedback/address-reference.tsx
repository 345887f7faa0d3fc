'use client';

import { useEffect, useState } from 'react';
import { ReferenceLine } from '@/components/feedback/reference-line';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';

/** Shows the trouble code from the query, on not-found pages, which Next.js gives no query. */
export function AddressReference() {
  const [reference, setReference] = useState<string | null>(null);
  useEffect(() => setReference(new URLSearchParams(window.location.search).get('trouble')), []);
  if (reference === null || !isTroubleCode(reference)) return null;
  return (
    <div className="mt-4 flex justify-center">
      <ReferenceLine reference={reference} />
    </div>
  );
}

'use client';

import { useEffect, useState } from 'react';
import { ReferenceLine } from '@/components/feedback/reference-line';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';

/** The trouble code in the address, on pages that are told no address: those of what is not there. */
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

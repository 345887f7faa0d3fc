import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { VisitorFrame } from '@/components/layout/visitor-frame';
import { isGuestExchangeOffered } from '@/lib/web/guest/guest-context';
import { services } from '@/lib/web/services';

/** The frame around the exchange without an account. Where no product offers it, none of its pages are there. */
export default async function GuestLayout({ children }: { readonly children: ReactNode }) {
  if (!(await isGuestExchangeOffered())) notFound();
  const vendor = await services().keyring.identity();
  return (
    <VisitorFrame vendor={vendor} footer={`Questions? ${vendor.supportContact}`}>
      {children}
    </VisitorFrame>
  );
}

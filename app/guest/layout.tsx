import type { ReactNode } from 'react';
import { VisitorFrame } from '@/components/frame/visitor-frame';
import { portal } from '@/lib/operations/portal';

/** The frame around the exchange without an account. */
export default async function GuestLayout({ children }: { readonly children: ReactNode }) {
  const { vendor } = await portal().keyring.current();
  return (
    <VisitorFrame vendor={vendor} footer={`Questions? ${vendor.supportContact}`}>
      {children}
    </VisitorFrame>
  );
}

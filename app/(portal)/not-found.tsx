import type { Metadata } from 'next';
import { NothingHere } from '@/components/feedback/nothing-here';

export const metadata: Metadata = { title: 'Nothing here' };

/** Not-found page inside the frame of the portal. */
export default function NotFound() {
  return <NothingHere />;
}

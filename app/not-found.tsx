import type { Metadata } from 'next';
import { NothingHere } from '@/components/feedback/nothing-here';

export const metadata: Metadata = { title: 'Nothing here' };

/** Not-found page: for what is missing or not visible to this person. */
export default function NotFound() {
  return (
    <main id="content" tabIndex={-1} className="mx-auto max-w-2xl px-4 py-16 outline-none">
      <NothingHere />
    </main>
  );
}

import { PageSkeleton } from '@/components/notes/skeleton';

/** Stands in for a page that is on its way. */
export default function Loading() {
  return <PageSkeleton label="The page" />;
}

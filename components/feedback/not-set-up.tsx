import { Wrench } from '@lucide/icons';
import { EmptyState } from '@/components/feedback/empty-state';

/** Replaces every page until the vendor is set up. */
export function NotSetUp() {
  return (
    <main id="content" tabIndex={-1} className="mx-auto max-w-2xl px-4 py-16 outline-none">
      <h1 className="sr-only">Not set up yet</h1>
      <EmptyState icon={Wrench} title="This portal is not set up yet">
        Whoever runs it makes the vendor on the command line:{' '}
        <code className="font-mono text-xs">npm run -s airgate -- vendor init</code>. Then load this page again.
      </EmptyState>
    </main>
  );
}

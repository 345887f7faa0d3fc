'use client';

import { Button } from '@/components/actions/button';
import { FaultPanel } from '@/components/feedback/fault-panel';
import { eventIdOf } from '@/lib/web/faults/event-id';

interface ErrorPageProps {
  readonly error: unknown;
  readonly retry: () => void;
}

/** Replaces a page that failed, and shows the event id of the log line. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const eventId = eventIdOf(error);
  return (
    <main id="content" tabIndex={-1}>
      <FaultPanel
        {...(eventId === null ? {} : { eventId })}
        actions={
          <Button type="button" onClick={() => retry()}>
            Try again
          </Button>
        }
      />
    </main>
  );
}

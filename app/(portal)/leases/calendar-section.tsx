import { CalendarAddress } from '@/components/actions/calendar-address';
import { PrivateNote } from '@/components/feedback/private-note';
import { Card } from '@/components/layout/card';
import { Section } from '@/components/layout/section';
import { showCalendarLink } from '@/lib/operations/leases/calendar-link';
import { perform } from '@/lib/operations/operation';
import { requestContext } from '@/lib/web/request-context';
import { makeCalendar, revokeCalendar } from './actions';

/** Creates, replaces and revokes the reader's private calendar address. */
export async function CalendarSection({ name }: { readonly name: string }) {
  const result = await perform(showCalendarLink, {}, await requestContext());
  return (
    <Section
      id="calendar"
      title="In your calendar"
      lead="A private address that shows when leases end, in any calendar program that can subscribe to one."
    >
      {result.ok ? (
        <Card>
          <CalendarAddress link={result.value} make={makeCalendar} revoke={revokeCalendar} />
        </Card>
      ) : (
        <PrivateNote rejection={result.rejection} name={name} />
      )}
    </Section>
  );
}

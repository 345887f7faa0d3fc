import { listCalendar } from '@/lib/operations/leases/calendar-feed';
import { perform } from '@/lib/operations/operation';
import { calendarAnswer, calendarRefusal, secretFrom } from '@/lib/web/leases/respond-calendar';
import { visitorContext } from '@/lib/web/request-context';
import { answerRoute } from '@/lib/web/responses/respond';

/** Serves the lease ends of the person who made this address, as a calendar. The secret in the address is the only credential. */
export const GET = answerRoute(async (_request, { params }: RouteContext<'/calendar/[file]'>) => {
  const { file } = await params;
  const result = await perform(listCalendar, { secret: secretFrom(file) }, await visitorContext());
  return result.ok ? calendarAnswer(result.value) : calendarRefusal(result.rejection);
});

import { findCalendarActor, listCalendar } from '@/lib/operations/leases/calendar-feed';
import { perform } from '@/lib/operations/operation';
import { calendarAnswer, calendarRefusal, clientOf, secretFrom } from '@/lib/web/leases/respond-calendar';
import { answerRoute } from '@/lib/web/responses/respond';
import { services } from '@/lib/web/services';

/** The lease ends of whoever made this address, for calendar programs. The secret in it is all they show. */
export const GET = answerRoute(async (request, { params }: RouteContext<'/calendar/[file]'>) => {
  const { file } = await params;
  const found = await findCalendarActor({ ...services(), client: clientOf(request) }, secretFrom(file));
  if (!found.ok) return calendarRefusal(found.rejection);
  const result = await perform(listCalendar, {}, { ...services(), actor: found.value, via: 'api' });
  return result.ok ? calendarAnswer(result.value) : calendarRefusal(result.rejection);
});

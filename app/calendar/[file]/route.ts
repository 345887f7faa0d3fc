import { findCalendarActor, listCalendar } from '@/lib/operations/calendar-feed';
import { perform } from '@/lib/operations/operation';
import { portal } from '@/lib/operations/portal';
import { answerRoute } from '@/lib/web/respond';
import { calendarAnswer, calendarRefusal, clientOf, secretFrom } from '@/lib/web/respond-calendar';

/** The lease ends of whoever made this address, for calendar programs. The secret in it is all they show. */
export const GET = answerRoute(async (request, { params }: RouteContext<'/calendar/[file]'>) => {
  const { file } = await params;
  const found = await findCalendarActor({ ...portal(), client: clientOf(request) }, secretFrom(file));
  if (!found.ok) return calendarRefusal(found.rejection);
  const result = await perform(listCalendar, {}, { ...portal(), actor: found.value, via: 'api' });
  return result.ok ? calendarAnswer(result.value) : calendarRefusal(result.rejection);
});

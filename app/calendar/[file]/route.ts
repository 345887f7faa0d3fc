import { listCalendar } from '@/lib/operations/leases/calendar-feed';
import { perform } from '@/lib/operations/operation';
import { visitorContext } from '@/lib/web/context';
import { calendarAnswer, calendarRefusal, secretFrom } from '@/lib/web/leases/respond-calendar';
import { answerRoute } from '@/lib/web/responses/respond';

/** The lease ends of whoever made this address, for calendar programs. The secret in it is all they show. */
export const GET = answerRoute(async (_request, { params }: RouteContext<'/calendar/[file]'>) => {
  const { file } = await params;
  const result = await perform(listCalendar, { secret: secretFrom(file) }, await visitorContext());
  return result.ok ? calendarAnswer(result.value) : calendarRefusal(result.rejection);
});

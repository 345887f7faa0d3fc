import { RefusedAnswer } from '@/components/feedback/refused-answer';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { Refused } from '@/lib/operations/operation';
import { untilFrom } from '@/lib/web/refusals/refused-at';

/** What the drop area shows of a file that was not taken in. Where waiting helps, it says until when. */
export function refusedAnswer({ rejection, troubleCode }: Refused) {
  const { code, facts } = rejection;
  const { cause, fix } = explain({ code, facts: { ...facts, ...untilFrom(facts.retryAt) } });
  return <RefusedAnswer cause={facts.retryAt === undefined ? cause : `${cause} ${fix}`} code={code} troubleCode={troubleCode} />;
}

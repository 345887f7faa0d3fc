import { RefusedAnswer } from '@/components/feedback/refused-answer';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { Refused } from '@/lib/operations/operation';
import { untilFrom } from '@/lib/web/refusals/refused-at';

/** Explains in the drop area why a file was refused, and when to retry if waiting helps. */
export function refusedAnswer({ rejection, troubleCode }: Refused) {
  const { code, facts } = rejection;
  const { cause, fix } = explain({ code, facts: { ...facts, ...untilFrom(facts.retryAt) } });
  return <RefusedAnswer cause={facts.retryAt === undefined ? cause : `${cause} ${fix}`} code={code} troubleCode={troubleCode} />;
}

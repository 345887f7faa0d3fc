import { RefusedAnswer } from '@/components/notes/refused-answer';
import { explain } from '@/lib/licensing/rejection';
import type { Refused } from '@/lib/operations/operation';

/** What the drop area shows of a file that was not taken in. */
export function refusedAnswer({ rejection, troubleCode }: Refused) {
  return <RefusedAnswer cause={explain(rejection).cause} code={rejection.code} troubleCode={troubleCode} />;
}

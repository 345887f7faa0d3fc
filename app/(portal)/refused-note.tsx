import { Note } from '@/components/notes/note';
import type { RejectionCode } from '@/lib/licensing/rejection';
import { explain, REFUSALS } from '@/lib/licensing/rejection';

function isCode(text: string): text is RejectionCode {
  return Object.hasOwn(REFUSALS, text);
}

/** Says why the last act on this page was refused, from the code in the address. Nothing for an address without one. */
export function RefusedNote({ code }: { readonly code: string }) {
  if (!isCode(code)) return null;
  const { cause, fix } = explain({ code, facts: {} });
  return (
    <div className="mb-6">
      <Note tone="stopped">
        {/unknown/.test(cause) ? null : `${cause} `}
        {fix} Nothing was changed.
      </Note>
    </div>
  );
}

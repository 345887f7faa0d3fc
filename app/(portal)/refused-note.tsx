import { Note } from '@/components/notes/note';
import { explain, isRejectionCode } from '@/lib/licensing/rejection';

/** Says why the last act on this page was refused, from the code in the address. Nothing for an address without one. */
export function RefusedNote({ code }: { readonly code: string }) {
  if (!isRejectionCode(code)) return null;
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

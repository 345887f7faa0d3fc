import { SubmitButton } from '@/components/actions/submit-button';
import { Instant } from '@/components/time/instant';
import { addNote } from './actions';

interface ShownNote {
  readonly id: string;
  readonly createdAt: Date;
  readonly author: string;
  readonly body: string;
}

/** Shows the notes of support on a device, and a form to add one. */
export function DeviceNotes({ deviceId, notes }: { readonly deviceId: string; readonly notes: readonly ShownNote[] }) {
  return (
    <div className="grid gap-5">
      {notes.length === 0 ? null : (
        <ol className="divide-y divide-line rounded-2xl border border-line bg-surface shadow-card">
          {notes.map((note) => (
            <li key={note.id} className="px-4 py-3 sm:px-5">
              <p className="whitespace-pre-wrap break-words text-sm">{note.body}</p>
              <p className="mt-1 text-ink-3 text-xs">
                {note.author} · <Instant at={note.createdAt} precision="minute" />
              </p>
            </li>
          ))}
        </ol>
      )}
      <form action={addNote} className="grid max-w-2xl gap-2">
        <input type="hidden" name="device" value={deviceId} />
        <label htmlFor="note" className="font-medium text-sm">
          New note
        </label>
        <textarea
          id="note"
          name="body"
          rows={3}
          required
          maxLength={2000}
          className="w-full rounded-xl border border-edge bg-surface px-4 py-3 text-sm"
        />
        <div>
          <SubmitButton kind="secondary" busyText="Adding…">
            Add note
          </SubmitButton>
        </div>
      </form>
    </div>
  );
}

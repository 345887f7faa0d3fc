import { SubmitButton } from '@/components/actions/submit-button';
import { Note } from '@/components/feedback/note';
import { PrivateNote } from '@/components/feedback/private-note';
import { Card } from '@/components/layout/card';
import { Section } from '@/components/layout/section';
import type { ReminderDay } from '@/lib/licensing/leases/reminder-days';
import { REMINDER_DAYS } from '@/lib/licensing/leases/reminder-days';
import { showReminders } from '@/lib/operations/leases/choose-reminders';
import { perform } from '@/lib/operations/operation';
import { requestContext } from '@/lib/web/request-context';
import { saveReminders } from './actions';

const WORDS: Record<ReminderDay, string> = { 30: '30 days before', 7: '7 days before', 1: '1 day before' };

/** Chooses when the reader gets mail about leases that end. */
export async function ReminderSection({ name, saved }: { readonly name: string; readonly saved: boolean }) {
  const result = await perform(showReminders, {}, await requestContext());
  return (
    <Section
      id="reminders"
      title="By mail"
      lead="One mail for all devices whose lease ends soon. It goes to the people a licence is assigned to, and to administrators where there are none."
    >
      {result.ok ? <ReminderForm {...result.value} saved={saved} /> : <PrivateNote rejection={result.rejection} name={name} />}
    </Section>
  );
}

interface ReminderFormProps {
  readonly days: readonly ReminderDay[];
  readonly withFiles: boolean;
  readonly saved: boolean;
}

function ReminderForm({ days, withFiles, saved }: ReminderFormProps) {
  return (
    <Card>
      <form action={saveReminders} className="grid gap-5">
        {saved ? (
          <Note tone="fine">
            {days.length === 0 ? 'Saved. You get no mail about leases.' : 'Saved. This holds from the next mail on.'}
          </Note>
        ) : null}
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-medium text-sm">Remind me before a lease ends</legend>
          {REMINDER_DAYS.map((day) => (
            <CheckBox key={day} name="days" value={String(day)} checked={days.includes(day)} words={WORDS[day]} />
          ))}
          <p className="text-ink-3 text-xs">Nothing ticked: no mail.</p>
        </fieldset>
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-medium text-sm">Refresh files</legend>
          <CheckBox name="files" value="yes" checked={withFiles} words="Attach the refresh file of each device" />
          <p className="max-w-prose text-ink-3 text-xs">
            The file is a new lease: while it lasts, the seat of its device stays in use, whether or not anybody carries it there.
          </p>
        </fieldset>
        <div>
          <SubmitButton kind="secondary" busyText="Saving…">
            Save
          </SubmitButton>
        </div>
      </form>
    </Card>
  );
}

interface CheckBoxProps {
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  readonly words: string;
}

function CheckBox({ name, value, checked, words }: CheckBoxProps) {
  return (
    <label className="flex min-h-11 items-center gap-3 text-sm">
      <input type="checkbox" name={name} value={value} defaultChecked={checked} className="size-4 shrink-0 accent-accent" />
      <span>{words}</span>
    </label>
  );
}

import { SubmitButton } from '../actions/submit-button';

interface KindQuestionProps {
  /** Server action with the fields `submission` and `kind`. */
  readonly action: (form: FormData) => Promise<void>;
  readonly submissionId: string;
}

const CHOICES = [
  { kind: 'activation', label: 'Activate the device', says: 'It takes a seat, and you carry an answer back.' },
  { kind: 'deactivation', label: 'Give the seat back', says: 'The software on the device was deactivated.' },
] as const;

/** Asks for the kind of a file, when neither content nor name shows it. Two plain forms, which work without scripts. */
export function KindQuestion({ action, submissionId }: KindQuestionProps) {
  return (
    <>
      <h2 className="font-semibold">What was it written for?</h2>
      <ul className="mt-3 grid gap-3 sm:grid-cols-2">
        {CHOICES.map(({ kind, label, says }) => (
          <li key={kind} className="rounded-xl border border-line p-4">
            <form action={action} className="grid justify-items-start gap-3">
              <input type="hidden" name="submission" value={submissionId} />
              <input type="hidden" name="kind" value={kind} />
              <p className="text-ink-2 text-sm">{says}</p>
              <SubmitButton busyText="Looking…">{label}</SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </>
  );
}

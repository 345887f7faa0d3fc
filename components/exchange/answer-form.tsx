import type { ReactNode } from 'react';
import { ButtonLink } from '../actions/button-link';
import { SubmitButton } from '../actions/submit-button';

interface AnswerFormProps {
  readonly action: (form: FormData) => Promise<void>;
  readonly submissionId: string;
  readonly label: string;
  readonly busyText: string;
  /** Where files are handed in. */
  readonly back: string;
  /** A second button, beside the first. */
  readonly other?: ReactNode;
}

/** The button that answers the file, and the way out. */
export function AnswerForm({ action, submissionId, label, busyText, back, other }: AnswerFormProps) {
  return (
    <form action={action} className="flex flex-wrap gap-3">
      <input type="hidden" name="submission" value={submissionId} />
      <SubmitButton size="large" busyText={busyText}>
        {label}
      </SubmitButton>
      {other}
      <ButtonLink href={back} kind="quiet">
        Not now
      </ButtonLink>
    </form>
  );
}

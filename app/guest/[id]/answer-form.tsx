import type { ReactNode } from 'react';
import { ButtonLink } from '@/components/actions/button-link';
import { SubmitButton } from '@/components/actions/submit-button';
import { answerGuestFile } from '../actions';

interface AnswerFormProps {
  readonly submissionId: string;
  readonly label: string;
  readonly busyText: string;
  /** A second button, beside the first. */
  readonly other?: ReactNode;
}

/** The button that answers the file, and the way out. */
export function AnswerForm({ submissionId, label, busyText, other }: AnswerFormProps) {
  return (
    <form action={answerGuestFile} className="flex flex-wrap gap-3">
      <input type="hidden" name="submission" value={submissionId} />
      <SubmitButton size="large" busyText={busyText}>
        {label}
      </SubmitButton>
      {other}
      <ButtonLink href="/guest" kind="quiet">
        Not now
      </ButtonLink>
    </form>
  );
}

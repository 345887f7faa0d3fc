'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import type { ButtonKind, ButtonSize } from './button-class';
import { buttonClass } from './button-class';

interface SubmitButtonProps {
  readonly children: ReactNode;
  /** Label while the form is being sent, such as "Using a seat…". */
  readonly busyText: string;
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
}

/** Submits a server action. Shows progress, and prevents a second press. */
export function SubmitButton({ children, busyText, kind, size }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      aria-disabled={pending}
      className={buttonClass(kind, size)}
      onClick={(event) => pending && event.preventDefault()}
    >
      {pending ? busyText : children}
      <span role="status" className="sr-only">
        {pending ? busyText : ''}
      </span>
    </button>
  );
}

'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import type { ButtonKind, ButtonSize } from './button-class';
import { buttonClass } from './button-class';

interface SubmitButtonProps {
  readonly children: ReactNode;
  /** What the button says while the form is on its way, such as "Using a seat…". */
  readonly busyText: string;
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
}

/** The button of a form whose action runs on the server: says that it is at work, and takes one press only. */
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

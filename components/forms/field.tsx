import type { ComponentProps, ReactNode } from 'react';

interface FieldProps extends Omit<ComponentProps<'input'>, 'className' | 'id'> {
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** What to change, in a sentence. Marks the field. */
  readonly problem?: string | undefined;
}

/** A labelled input of one line. */
export function Field({ id, label, hint, problem, ...input }: FieldProps) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={describedBy(id, hint, problem)}
        className="min-h-11 w-full rounded-lg border border-edge bg-surface px-3.5 text-base placeholder:text-ink-3 aria-invalid:border-stopped"
      />
      <FieldNotes id={id} hint={hint} problem={problem} />
    </div>
  );
}

/** Gets the ids of the lines under a field, for `aria-describedby`. */
export function describedBy(id: string, hint: ReactNode, problem: string | undefined): string | undefined {
  const ids = [problem === undefined ? null : `${id}-problem`, hint === undefined ? null : `${id}-hint`].filter(
    (part) => part !== null,
  );
  return ids.length === 0 ? undefined : ids.join(' ');
}

/** Shows the lines under a field: problem and hint. */
export function FieldNotes({ id, hint, problem }: Pick<FieldProps, 'id' | 'hint' | 'problem'>) {
  return (
    <>
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className="font-medium text-sm text-stopped">
          {problem}
        </p>
      )}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-ink-3 text-xs">
          {hint}
        </p>
      )}
    </>
  );
}

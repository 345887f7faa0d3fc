import { describedBy, FieldNotes } from './field';

interface CodeFieldProps {
  readonly id?: string;
  readonly name?: string;
  readonly label?: string;
  readonly digits?: number;
  readonly hint?: string;
  readonly problem?: string | undefined;
}

/** One field for a one-time code: typed, pasted, or filled in by the phone. */
export function CodeField({
  id = 'code',
  name = 'code',
  label = 'Code from the e-mail',
  digits = 6,
  hint,
  problem,
}: CodeFieldProps) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <input
        id={id}
        name={name}
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        pattern={`\\s*(?:[0-9]\\s*){${digits}}`}
        title={`${digits} digits`}
        maxLength={digits * 2}
        required
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={describedBy(id, hint, problem)}
        className="min-h-16 w-full rounded-xl border border-edge bg-surface text-center font-medium font-mono text-3xl tracking-[0.35em] [text-indent:0.35em] aria-invalid:border-stopped"
      />
      <FieldNotes id={id} hint={hint} problem={problem} />
    </div>
  );
}

import type { ReactNode } from 'react';

interface StepsProps {
  readonly id: string;
  /** Place of the steps: "On the machine". */
  readonly title: string;
  readonly steps: readonly ReactNode[];
}

/** Lists the next steps in order. */
export function Steps({ id, title, steps }: StepsProps) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="font-semibold text-lg tracking-tight">
        {title}
      </h2>
      <ol className="mt-4 grid gap-4">
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps never change places
          <li key={index} className="flex gap-4">
            <span
              aria-hidden="true"
              className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent text-sm"
            >
              {index + 1}
            </span>
            <div className="max-w-prose pt-1 text-ink-2">{step}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}

import type { ReactNode } from 'react';

/** One fact about a thing. */
export interface Fact {
  readonly term: string;
  readonly value: ReactNode;
  /** True for ids, codes and fingerprints. */
  readonly mono?: boolean;
}

/** Shows facts as a description list: term and value side by side, stacked on small screens. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="divide-y divide-line text-sm">
      {facts.map((fact) => (
        <div key={fact.term} className="grid gap-x-6 gap-y-0.5 py-2.5 first:pt-0 last:pb-0 sm:grid-cols-[12rem_1fr]">
          <dt className="min-w-0 text-ink-3 [overflow-wrap:anywhere]">{fact.term}</dt>
          <dd className={`min-w-0 break-words ${fact.mono === true ? 'font-mono text-xs sm:leading-5.5' : ''}`}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

import type { ReactNode } from 'react';

interface CardProps {
  readonly children: ReactNode;
  /** `flush` for tables and lists that reach the edge. */
  readonly padding?: 'roomy' | 'flush';
}

/** A raised surface for things that belong together. */
export function Card({ children, padding = 'roomy' }: CardProps) {
  return (
    <div className={`rounded-2xl border border-line bg-surface shadow-card ${padding === 'roomy' ? 'p-5 sm:p-7' : ''}`}>
      {children}
    </div>
  );
}

import type { LucideIconData } from '@lucide/icons';
import { createElement } from 'react';

/** The shape of an icon, from `@lucide/icons`. */
export type IconData = LucideIconData;

interface IconProps {
  readonly icon: IconData;
  /** Size and colour; 1.25 em wide in the colour of the text around it when left out. */
  readonly className?: string;
}

/** An icon next to text, hidden from screen readers. */
export function Icon({ icon, className = 'size-5' }: IconProps) {
  const edge = icon.size ?? 24;
  return (
    <svg
      aria-hidden="true"
      className={`shrink-0 ${className}`}
      viewBox={`0 0 ${edge} ${edge}`}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {icon.node.map(([tag, attributes]) => {
        const { key, ...shape } = attributes;
        return createElement(tag, { key, ...shape });
      })}
    </svg>
  );
}

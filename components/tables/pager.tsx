import { ChevronLeft, ChevronRight } from '@lucide/icons';
import type { ReactNode } from 'react';
import { ButtonLink } from '../actions/button-link';

interface PagerProps {
  /** Name of the list: "Devices". */
  readonly label: string;
  /** Addresses with the cursor in them; absent at the ends. */
  readonly newerHref?: string | undefined;
  readonly olderHref?: string | undefined;
  /** Text or link between the directions. */
  readonly shown?: ReactNode;
  /** Labels of the two directions. */
  readonly words?: { readonly newer: string; readonly older: string };
}

const WORDS = { newer: 'Previous', older: 'Next' };

/** Pages through a list by cursor. Nothing when the list fits on one page. */
export function Pager({ label, newerHref, olderHref, shown, words = WORDS }: PagerProps) {
  if (newerHref === undefined && olderHref === undefined) return null;
  return (
    <nav aria-label={`Pages of ${label}`} className="mt-5 flex items-center justify-between gap-3">
      <div className="text-ink-3 text-xs">{shown}</div>
      <div className="flex gap-2">
        {newerHref === undefined ? null : (
          <ButtonLink href={newerHref} size="small" icon={ChevronLeft}>
            {words.newer}
          </ButtonLink>
        )}
        {olderHref === undefined ? null : (
          <ButtonLink href={olderHref} size="small" icon={ChevronRight}>
            {words.older}
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}

import { ChevronLeft, ChevronRight } from '@lucide/icons';
import { ButtonLink } from '../acts/button-link';

interface PagerProps {
  /** What is paged: "Devices". */
  readonly label: string;
  /** Addresses with the cursor in them; absent at the ends. */
  readonly newerHref?: string | undefined;
  readonly olderHref?: string | undefined;
  /** What is on this page: "51 to 100". */
  readonly shown?: string;
}

/** Goes through a long list by cursor. Nothing at all when the list fits on one page. */
export function Pager({ label, newerHref, olderHref, shown }: PagerProps) {
  if (newerHref === undefined && olderHref === undefined) return null;
  return (
    <nav aria-label={`Pages of ${label}`} className="mt-5 flex items-center justify-between gap-3">
      <p className="text-ink-3 text-xs">{shown}</p>
      <div className="flex gap-2">
        {newerHref === undefined ? null : (
          <ButtonLink href={newerHref} size="small" icon={ChevronLeft}>
            Previous
          </ButtonLink>
        )}
        {olderHref === undefined ? null : (
          <ButtonLink href={olderHref} size="small" icon={ChevronRight}>
            Next
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}

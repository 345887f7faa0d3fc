import { Eye, TimerOff } from '@lucide/icons';
import { Button } from '../actions/button';
import { Instant } from '../time/instant';
import { Icon } from './icon';

interface ViewBannerProps {
  /** The person whose view support uses; null when it has expired. */
  readonly viewed: { readonly name: string; readonly customer: string } | null;
  readonly endsAt: Date;
  /** Address that ends the view. */
  readonly leave: string;
}

/** Banner while support uses the read-only view of a person: names the person, and ends the view. */
export function ViewBanner({ viewed, endsAt, leave }: ViewBannerProps) {
  return (
    <aside
      aria-label="Looking as somebody else"
      className="sticky top-0 z-20 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line sm:flex-nowrap border-b bg-soon-soft px-4 py-2 text-ink text-sm sm:px-8 lg:px-12"
    >
      <p className="flex min-w-0 items-center gap-3">
        <Icon icon={viewed === null ? TimerOff : Eye} className="size-5 shrink-0 text-soon" />
        {viewed === null ? (
          <span>Looking as somebody else has ended. You can change nothing until you go on as yourself.</span>
        ) : (
          <span className="min-w-0 break-words">
            You see what <strong className="font-semibold">{viewed.name}</strong> of {viewed.customer} sees, and can change
            nothing. Ends at <Instant at={endsAt} precision="minute" />.
          </span>
        )}
      </p>
      <form action={leave} method="post" className="shrink-0">
        <Button kind="secondary" size="small">
          {viewed === null ? 'Go on as yourself' : 'Leave their view'}
        </Button>
      </form>
    </aside>
  );
}

import { Eye, TimerOff } from '@lucide/icons';
import { Button } from '../actions/button';
import { Instant } from '../time/instant';
import { Icon } from './icon';

interface ImpersonationBannerProps {
  /** Null when the impersonation has run out. */
  readonly impersonated: { readonly name: string; readonly customer: string } | null;
  readonly endsAt: Date;
  /** Address that ends the view. */
  readonly leave: string;
}

/** Stands above every page during an impersonation: says who is impersonated and that nothing can be changed, and offers the way out. */
export function ImpersonationBanner({ impersonated, endsAt, leave }: ImpersonationBannerProps) {
  return (
    <aside
      aria-label="Looking as somebody else"
      className="sticky top-0 z-20 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line sm:flex-nowrap border-b bg-soon-soft px-4 py-2 text-ink text-sm sm:px-8 lg:px-12"
    >
      <p className="flex min-w-0 items-center gap-3">
        <Icon icon={impersonated === null ? TimerOff : Eye} className="size-5 shrink-0 text-soon" />
        {impersonated === null ? (
          <span>Looking as somebody else has ended. You can change nothing until you go on as yourself.</span>
        ) : (
          <span className="min-w-0 break-words">
            You see what <strong className="font-semibold">{impersonated.name}</strong> of {impersonated.customer} sees, and can
            change nothing. Ends at <Instant at={endsAt} precision="minute" />.
          </span>
        )}
      </p>
      <form action={leave} method="post" className="shrink-0">
        <Button kind="secondary" size="small">
          {impersonated === null ? 'Go on as yourself' : 'Leave their view'}
        </Button>
      </form>
    </aside>
  );
}

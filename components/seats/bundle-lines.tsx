/** One entitlement of a bundle, as it will be. */
export interface BundleLineShown {
  readonly title: string;
  readonly seats: number;
  readonly heldThen: number;
}

/** Everything that the answer to a bundle activates, with the seats of each. */
export function BundleLines({ lines }: { readonly lines: readonly BundleLineShown[] }) {
  return (
    <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
      {lines.map(({ title, seats, heldThen }) => (
        <li key={title} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-3 sm:px-5">
          <span className="min-w-0 break-words font-medium text-sm">{title}</span>
          <span className="text-ink-2 text-sm tabular-nums">
            {heldThen} of {seats} seats in use then
          </span>
        </li>
      ))}
    </ul>
  );
}

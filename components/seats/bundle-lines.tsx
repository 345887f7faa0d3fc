import type { PreviewedLine } from '@/lib/operations/exchange/describe-preview';
import { titleOfEntitlement } from './count-seats';

/** Lists the entitlements that a bundle activates, with the seats of each. */
export function BundleLines({ lines }: { readonly lines: readonly PreviewedLine[] }) {
  return (
    <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
      {lines.map(({ productName, edition, bought, heldThen }) => (
        <li
          key={`${productName} ${edition}`}
          className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-3 sm:px-5"
        >
          <span className="min-w-0 break-words font-medium text-sm">
            {titleOfEntitlement({ productName, edition: edition ?? '' })}
          </span>
          <span className="text-ink-2 text-sm tabular-nums">
            {heldThen} of {bought} seats in use then
          </span>
        </li>
      ))}
    </ul>
  );
}

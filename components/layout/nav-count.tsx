/** Number of waiting items in the navigation; nothing for zero. */
export function NavCount({ count = 0 }: { readonly count?: number | undefined }) {
  if (count === 0) return null;
  return (
    <span className="inline-block whitespace-nowrap rounded-full bg-accent px-1.5 font-medium text-on-accent text-xs leading-5 tabular-nums">
      {count > 99 ? '99+' : count}
      <span className="sr-only"> waiting</span>
    </span>
  );
}

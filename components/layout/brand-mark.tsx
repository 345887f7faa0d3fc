interface BrandMarkProps {
  readonly name: string;
  /** Address of the vendor's own logo, shown 32 px high; the portal's sign stands in when there is none. */
  readonly logoUrl?: string | undefined;
}

/** Logo and name of the vendor. */
export function BrandMark({ name, logoUrl }: BrandMarkProps) {
  return (
    <span className="inline-flex min-w-0 items-center gap-3">
      {logoUrl === undefined ? (
        <svg aria-hidden="true" viewBox="0 0 32 32" className="size-8 shrink-0">
          <rect width="32" height="32" rx="8" className="fill-accent" />
          <path
            className="fill-on-accent"
            d="M7 8.5A1.5 1.5 0 0 1 8.5 7h3a1.5 1.5 0 0 1 0 3H10v12h1.5a1.5 1.5 0 0 1 0 3h-3A1.5 1.5 0 0 1 7 23.5zM25 8.5A1.5 1.5 0 0 0 23.5 7h-3a1.5 1.5 0 0 0 0 3H22v12h-1.5a1.5 1.5 0 0 0 0 3h3a1.5 1.5 0 0 0 1.5-1.5zM16 12.8l3.2 3.2-3.2 3.2-3.2-3.2z"
          />
        </svg>
      ) : (
        // biome-ignore lint/performance/noImgElement: the vendor's own file, any size and format, shown as it is
        <img src={logoUrl} alt="" className="h-8 w-auto max-w-28 shrink-0 object-contain" />
      )}
      <span className="truncate font-semibold tracking-tight">{name}</span>
    </span>
  );
}

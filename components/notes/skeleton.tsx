interface SkeletonProps {
  /** Rows of a list or lines of a page. */
  readonly rows?: number;
  /** What is coming, for screen readers: "Your entitlements". */
  readonly label: string;
}

/** A page that is on its way: heading and rows, as still shapes that breathe. */
export function PageSkeleton({ rows = 4, label }: SkeletonProps) {
  return (
    <div role="status" className="motion-safe:animate-pulse">
      <span className="sr-only">{label}: loading</span>
      <div className="h-8 w-56 rounded-lg bg-sunken" />
      <div className="mt-3 h-5 w-80 max-w-full rounded-lg bg-sunken" />
      <div className="mt-8 divide-y divide-line rounded-2xl border border-line bg-surface">
        {Array.from({ length: rows }, (_, row) => `row ${row + 1}`).map((row) => (
          <div key={row} className="flex items-center gap-6 px-5 py-5">
            <div className="h-4 w-2/5 rounded bg-sunken" />
            <div className="h-4 w-1/5 rounded bg-sunken" />
            <div className="ml-auto h-4 w-16 rounded bg-sunken" />
          </div>
        ))}
      </div>
    </div>
  );
}

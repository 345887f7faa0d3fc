import Link from 'next/link';

/** One view of the same thing, with an address of its own. */
export interface Tab {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
  readonly count?: number;
}

interface TabsProps {
  /** Subject of the views: "Press line 7". */
  readonly label: string;
  readonly tabs: readonly Tab[];
}

/** Tabs as links, so that the back button works and no script is needed. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <nav aria-label={label} className="mb-6 overflow-x-auto border-line border-b">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              prefetch={false}
              href={tab.href}
              aria-current={tab.current ? 'page' : undefined}
              className="-mb-px flex min-h-11 items-center gap-2 whitespace-nowrap border-transparent border-b-2 px-3 font-medium text-ink-3 text-sm -outline-offset-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
            >
              {tab.label}
              {tab.count === undefined ? null : (
                <span className="rounded-full bg-sunken px-2 text-ink-2 text-xs leading-5">{tab.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

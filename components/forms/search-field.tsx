import { Search } from '@lucide/icons';
import { Button } from '@/components/actions/button';

interface SearchFieldProps {
  /** What can be typed. */
  readonly label: string;
  readonly value: string;
}

/** Filters the list of the page, by its query. */
export function SearchField({ label, value }: SearchFieldProps) {
  return (
    <search className="mb-5 block">
      <form className="flex max-w-xl gap-2">
        <label className="sr-only" htmlFor="search">
          {label}
        </label>
        <input
          id="search"
          name="q"
          type="search"
          defaultValue={value}
          placeholder={label}
          maxLength={200}
          className="min-h-11 w-full min-w-0 rounded-lg border border-edge bg-surface px-4 text-sm placeholder:text-ink-3"
        />
        <Button kind="secondary" icon={Search}>
          Find
        </Button>
      </form>
    </search>
  );
}

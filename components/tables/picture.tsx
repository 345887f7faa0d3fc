import type { ReactNode } from 'react';

interface PictureProps {
  readonly title: string;
  readonly aside?: ReactNode;
  /** Main value: "5 of 5", "19 Feb 2027". */
  readonly figure: ReactNode;
  /** Meaning of the value. */
  readonly words: ReactNode;
  readonly children: ReactNode;
  readonly legend: ReactNode;
}

/** Frame of a chart: title, main value, drawing and legend. */
export function Picture({ title, aside, figure, words, children, legend }: PictureProps) {
  return (
    <div data-figures className="grid content-start gap-4">
      <div>
        <div className="flex justify-between gap-4 text-ink-3 text-xs">
          <p className="font-medium">{title}</p>
          <div>{aside}</div>
        </div>
        <p className="mt-1.5 text-ink-2 text-sm">
          <span className="mr-2 font-semibold text-ink text-xl tracking-tight">{figure}</span>
          {words}
        </p>
      </div>
      <div className="flex h-11 items-center [&>*]:w-full">{children}</div>
      {legend}
    </div>
  );
}

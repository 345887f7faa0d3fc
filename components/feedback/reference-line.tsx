import { CopyButton } from '../actions/copy-button';

interface ReferenceLineProps {
  /** Rejection code, such as `no-seat-free`. */
  readonly code?: string | undefined;
  /** Trouble code or event id, for support. */
  readonly reference: string;
}

/** Small line with the codes to quote to support. */
export function ReferenceLine({ code, reference }: ReferenceLineProps) {
  const words = code === undefined ? reference : `${code} · ${reference}`;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-3 text-xs">
      <span>To quote when you ask for help:</span>
      <code className="break-all font-mono text-ink-2">{words}</code>
      <CopyButton text={words} label="Copy what to quote" kind="quiet" size="small" />
    </div>
  );
}

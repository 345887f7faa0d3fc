interface MarkedProps {
  readonly text: string;
  /** What was searched for; only its first place in the text is marked, whatever its case. */
  readonly part: string;
}

/** A text with the part marked that was searched for. */
export function Marked({ text, part }: MarkedProps) {
  const at = part === '' ? -1 : text.toLowerCase().indexOf(part.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-sm bg-accent-soft font-semibold text-accent">{text.slice(at, at + part.length)}</mark>
      {text.slice(at + part.length)}
    </>
  );
}

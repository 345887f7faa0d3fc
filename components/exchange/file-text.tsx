const LOOK: Record<PartKind, { readonly word: string; readonly look: string }> = {
  armour: { word: 'Armour', look: 'font-semibold text-accent' },
  headers: { word: 'Lines for people', look: 'text-info' },
  body: { word: 'Sealed content', look: 'text-ink-2' },
  around: { word: 'Text around it', look: 'text-ink-3 italic' },
};

interface FileTextProps {
  readonly text: string;
  /** True for text in an unknown format, without parts and legend. */
  readonly isPlain?: boolean;
}

/** Shows the text of a file, its parts coloured and labelled. */
export function FileText({ text, isPlain = false }: FileTextProps) {
  const parts = isPlain ? [{ kind: 'body', text } as const] : splitFile(text);
  const kinds = [...new Set(parts.map(({ kind }) => kind))];
  return (
    <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-card">
      <section
        aria-label="Text of the file"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        className="max-h-[36rem] overflow-auto p-4 -outline-offset-2"
      >
        <pre className="whitespace-pre-wrap break-all font-mono text-xs leading-5">
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name, and never move
            <span key={index} className={LOOK[part.kind].look}>
              {part.text}
            </span>
          ))}
        </pre>
      </section>
      {isPlain ? null : (
        <ul className="flex flex-wrap gap-x-5 gap-y-1 border-line border-t px-4 py-2.5 text-xs">
          {kinds.map((kind) => (
            <li key={kind} className={LOOK[kind].look}>
              {LOOK[kind].word}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Kinds of parts: armour, header lines, token, and surrounding text. */
export type PartKind = 'armour' | 'headers' | 'body' | 'around';

/** Consecutive lines of one kind. */
export interface FilePart {
  readonly kind: PartKind;
  readonly text: string;
}

const MARKER = /^[\s>]*-----(BEGIN|END) [A-Z ]{1,40}-----\s*$/;

/** Splits the text of a file into parts, which joined give the text again. A text without armour is all `body`. */
export function splitFile(text: string): FilePart[] {
  const lines = text.split(/(?<=\n)/);
  const parts: { kind: PartKind; text: string }[] = [];
  let inside: PartKind = lines.some((line) => MARKER.test(line)) ? 'around' : 'body';
  for (const line of lines) {
    const marker = MARKER.exec(line)?.[1];
    const kind = marker === undefined ? inside : 'armour';
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += line;
    else parts.push({ kind, text: line });
    if (marker !== undefined) inside = marker === 'BEGIN' ? 'headers' : 'around';
    else if (inside === 'headers' && /^[\s>]*$/.test(line)) inside = 'body';
  }
  return parts;
}

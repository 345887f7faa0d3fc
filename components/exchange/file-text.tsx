import type { PartKind } from './split-file';
import { splitFile } from './split-file';

const LOOK: Record<PartKind, { readonly word: string; readonly look: string }> = {
  armour: { word: 'Armour', look: 'font-semibold text-accent' },
  headers: { word: 'Lines for people', look: 'text-info' },
  body: { word: 'Sealed content', look: 'text-ink-2' },
  around: { word: 'Text around it', look: 'text-ink-3 italic' },
};

interface FileTextProps {
  readonly text: string;
  /** Text of no format of ours: no parts, and no words for them. */
  readonly isPlain?: boolean;
}

/** A file as the text it is, its parts in colours, with a word for each. */
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

import { ClipboardPaste, FolderOpen } from '@lucide/icons';
import type { ComponentProps } from 'react';
import { buttonClass } from '../actions/button-class';
import { Icon } from '../layout/icon';

interface DropChoicesProps {
  readonly inputProps: ComponentProps<'input'>;
  /** Name of the file being sent; null when idle. */
  readonly underWay: string | null;
}

/** The other ways to hand in a file, with progress while one is being sent. */
export function DropChoices({ inputProps, underWay }: DropChoicesProps) {
  return (
    <>
      <div role="status" className="mt-4 w-full max-w-sm empty:hidden">
        {underWay === null ? null : (
          <>
            <p className="break-words text-ink-2 text-sm">Reading {underWay}…</p>
            <div className="mt-3 h-1.5 overflow-hidden rounded-full bg-sunken">
              <div className="h-full w-2/5 motion-safe:animate-travel rounded-full bg-accent" />
            </div>
          </>
        )}
      </div>
      <div className={`mt-5 flex w-full flex-wrap items-start justify-center gap-3 ${underWay === null ? '' : 'hidden'}`}>
        <FileChoice inputProps={inputProps} />
        <PasteChoice />
      </div>
    </>
  );
}

function FileChoice({ inputProps }: Pick<DropChoicesProps, 'inputProps'>) {
  return (
    <div className="noscript:grid noscript:w-full noscript:justify-items-center noscript:gap-3">
      <input
        {...inputProps}
        className="peer sr-only noscript:not-sr-only noscript:max-w-full noscript:text-sm noscript:file:mr-3 noscript:file:min-h-11 noscript:file:rounded-lg noscript:file:border noscript:file:border-edge noscript:file:bg-surface noscript:file:px-4"
      />
      <label
        htmlFor="exchange-file"
        className={`${buttonClass('secondary')} noscript:sr-only peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2`}
      >
        <Icon icon={FolderOpen} className="size-[1.2em]" />
        Choose file
      </label>
      <noscript>
        <button type="submit" className={buttonClass('primary')}>
          Read the file
        </button>
      </noscript>
    </div>
  );
}

/** The field is a sibling of the disclosure, so that both choices keep their places when it opens. */
function PasteChoice() {
  return (
    <>
      <details className="peer">
        <summary className={buttonClass('secondary')}>
          <Icon icon={ClipboardPaste} className="size-[1.2em]" />
          Paste text
        </summary>
      </details>
      <div className="mx-auto mt-2 hidden w-full max-w-2xl gap-3 text-left peer-open:grid">
        <label htmlFor="exchange-text" className="font-medium text-sm">
          The text of the file, all of it
        </label>
        <textarea
          id="exchange-text"
          name="text"
          rows={7}
          spellCheck={false}
          autoComplete="off"
          placeholder="-----BEGIN ACTIVATION REQUEST-----"
          className="w-full rounded-xl border border-edge bg-canvas px-4 py-3 font-mono text-xs placeholder:text-ink-3"
        />
        <button type="submit" className={`${buttonClass('primary')} justify-self-start`}>
          Read the text
        </button>
      </div>
    </>
  );
}

'use client';

import { FolderDown } from '@lucide/icons';
import { useRouter } from 'next/navigation';
import { Note } from '../feedback/note';
import { Button } from './button';
import type { ZipDownload } from './use-zip-download';
import { useZipDownload } from './use-zip-download';

interface ZipFormProps {
  /** Address that the form posts to; responds with the zip. */
  readonly action: string;
  readonly fileName: string;
  /** Expected number of files. */
  readonly total: number;
  /** "Refresh files for all 12 devices". */
  readonly label: string;
}

/** Styles of the native progress bar, where browsers support them. */
const BAR =
  'h-2 w-56 appearance-none overflow-hidden rounded-full border border-edge/50 bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent';

/** Downloads many files as one zip, with progress. Without scripts it is a plain form and an ordinary download. */
export function ZipForm({ action, fileName, total, label }: ZipFormProps) {
  const router = useRouter();
  // Refreshes the page, since leases have changed.
  const { download, start, stop } = useZipDownload({ action, fileName, onEnd: router.refresh });
  if (download.phase === 'running') {
    return (
      <div className="grid gap-2">
        <p id="zip-progress" className="text-sm">
          Writing refresh files: {download.files} of {total}
        </p>
        <div className="flex items-center gap-3">
          <progress value={download.files} max={total} aria-labelledby="zip-progress" className={BAR} />
          <Button type="button" kind="quiet" size="small" onClick={stop}>
            Stop
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="grid justify-items-start gap-3">
      <form
        action={action}
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <Button kind="secondary" icon={FolderDown}>
          {label}
        </Button>
      </form>
      <div role="status" className="empty:hidden">
        <Ended download={download} fileName={fileName} />
      </div>
    </div>
  );
}

function Ended({ download, fileName }: { readonly download: ZipDownload; readonly fileName: string }) {
  switch (download.phase) {
    case 'idle':
    case 'running':
      return null;
    case 'done':
      return (
        <Note tone={download.left ? 'soon' : 'fine'}>
          {countOf(download.files)} in {fileName}.
          {download.left ? ' Some devices got none: not-included.txt in it says which, and what to do.' : null}
        </Note>
      );
    case 'stopped':
      return (
        <Note tone="info">
          Stopped. Devices whose file was already made have a longer lease; each file is on its device’s page.
        </Note>
      );
    case 'failed':
      return (
        <Note tone="stopped">
          The download broke off after {countOf(download.files)}. Check the connection and get them again: files made twice do no
          harm.
        </Note>
      );
  }
}

function countOf(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}

'use client';

import { useEffect, useRef, useState } from 'react';

/** Progress of a download. `left`: some devices got no file, and the zip contains a list of them. */
export type ZipDownload =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running' | 'stopped' | 'failed'; readonly files: number }
  | { readonly phase: 'done'; readonly files: number; readonly left: boolean };

const NOT_INCLUDED = 'not-included.txt';
/** Size of the end of a zip that contains the name of its last file. */
const END_BYTES = 200;

interface Running {
  readonly action: string;
  readonly signal: AbortSignal;
  readonly onFiles: (files: number) => void;
}

/** Reads the zip to its end. Null when the response is no zip: then the browser opens the page that explains why. */
async function readZip({ action, signal, onFiles }: Running): Promise<Blob | null> {
  const answer = await fetch(action, { method: 'POST', signal });
  if (answer.headers.get('content-type') !== 'application/zip' || answer.body === null) {
    window.location.assign(answer.url);
    return null;
  }
  const count = countEntries();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = answer.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value);
    onFiles(count(read.value));
  }
  return new Blob(parts, { type: 'application/zip' });
}

function save(zip: Blob, fileName: string): void {
  const url = URL.createObjectURL(zip);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // Browsers read the address after `click` returns.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Downloads a streamed zip, and counts the files received. Leaving the page aborts it. */
export function useZipDownload({ action, fileName, onEnd }: { action: string; fileName: string; onEnd: () => void }) {
  const [download, setDownload] = useState<ZipDownload>({ phase: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function start() {
    const abort = new AbortController();
    running.current = abort;
    let files = 0;
    const onFiles = (count: number) => {
      files = count;
      setDownload({ phase: 'running', files });
    };
    onFiles(0);
    try {
      const zip = await readZip({ action, signal: abort.signal, onFiles });
      if (zip === null) return;
      const left = (await zip.slice(-END_BYTES).text()).includes(NOT_INCLUDED);
      save(zip, fileName);
      setDownload({ phase: 'done', files: left ? files - 1 : files, left });
    } catch {
      setDownload({ phase: abort.signal.aborted ? 'stopped' : 'failed', files });
    }
    onEnd();
  }

  return { download, start, stop: () => running.current?.abort() };
}

/** Local file header of a zip entry (APPNOTE.TXT, section 4.3.7). Text files cannot contain it, since it has control characters. */
const SIGNATURE = [0x50, 0x4b, 0x03, 0x04] as const;

/** Counts the files of a streamed zip. Returns a function that takes the next bytes and gives the number of files so far. */
export function countEntries(): (chunk: Uint8Array) => number {
  let matched = 0;
  let count = 0;
  return (chunk) => {
    for (const byte of chunk) {
      if (byte !== SIGNATURE[matched]) matched = 0;
      if (byte === SIGNATURE[matched]) matched += 1;
      if (matched < SIGNATURE.length) continue;
      count += 1;
      matched = 0;
    }
    return count;
  };
}

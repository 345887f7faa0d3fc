'use client';

import { unstable_rethrow } from 'next/navigation';
import type { ReactNode } from 'react';
import { startTransition, useActionState, useState } from 'react';

/** Server action with the fields `file` or `text`. Returns what to show in place, or redirects. */
export type SendAction = (form: FormData) => Promise<ReactNode>;

/** State of sending: what is being sent, and the result. */
export interface Sending {
  /** Name of the file being sent; null when idle. */
  readonly underWay: string | null;
  readonly answer: ReactNode;
  readonly sendFile: (file: File) => void;
  readonly sendText: (text: string) => void;
  /** Shows a message instead of sending. */
  readonly showMessage: (words: string) => void;
}

const UNREACHED = 'The portal did not answer. Check the connection and try again. Nothing was changed.';

/** Sends a file or a text to the server, one at a time. */
export function useSending(action: SendAction): Sending {
  const [name, setName] = useState('');
  const [message, showMessage] = useState<string | null>(null);
  const [answer, submit, pending] = useActionState(async (_last: ReactNode, form: FormData): Promise<ReactNode> => {
    try {
      return await action(form);
    } catch (reason) {
      unstable_rethrow(reason);
      return UNREACHED;
    }
  }, null);

  function send(field: 'file' | 'text', value: File | string) {
    const form = new FormData();
    form.set(field, value);
    showMessage(null);
    setName(typeof value === 'string' ? 'the text' : value.name);
    startTransition(() => submit(form));
  }

  return {
    underWay: pending ? name : null,
    answer: pending ? null : (message ?? answer),
    sendFile: (file) => send('file', cutFile(file)),
    sendText: (text) => send('text', text.slice(0, SENT_AT_MOST_BYTES)),
    showMessage,
  };
}

/** One byte above the largest file: enough for the server to refuse it. */
const SENT_AT_MOST_BYTES = 65_537;

/** Cuts a file to the bytes that the server needs to refuse it. */
export function cutFile(file: File): File {
  if (file.size <= SENT_AT_MOST_BYTES) return file;
  return new File([file.slice(0, SENT_AT_MOST_BYTES)], file.name, { type: file.type });
}

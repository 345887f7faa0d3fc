'use client';

import { FileDown } from '@lucide/icons';
import type { ComponentProps, FormEvent } from 'react';
import { useEffect } from 'react';
import { useDropzone } from 'react-dropzone';
import { Icon } from '../layout/icon';
import { DropChoices } from './drop-choices';
import type { SendAction } from './use-sending';
import { useSending } from './use-sending';

interface DropZoneProps {
  readonly action: SendAction;
  /** Where the same form posts `file` and `text` while scripts do not run. */
  readonly postTo?: string;
  readonly title?: string;
  /** Title on touch screens, where nothing can be dropped. */
  readonly touchTitle?: string;
  readonly hint?: string;
}

/**
 * Takes a file from an offline machine: dropped anywhere on the page, chosen, or pasted as text. Sends at once, and never more than the
 * server needs to refuse a file that is too large. Without scripts it is a plain form.
 */
export function DropZone(props: DropZoneProps) {
  const { action, postTo = '/exchange/upload', hint } = props;
  const { title = 'Drop the file from your offline machine', touchTitle = 'Choose the file from your offline machine' } = props;
  const sending = useSending(action);
  const { getRootProps, getInputProps, inputRef, isDragGlobal } = useDropzone({
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    multiple: false,
    onDrop: ([file], refused) => {
      if (refused.length > 0) return sending.showMessage('Drop one file at a time. Nothing was sent.');
      if (file !== undefined) sending.sendFile(file);
    },
  });

  // Sends a file that was chosen before the scripts were ready.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only once, when scripts start
  useEffect(() => {
    const file = inputRef.current?.files?.[0];
    if (file !== undefined) sending.sendFile(file);
  }, []);

  return (
    <form method="post" encType="multipart/form-data" action={postTo} onSubmit={(event) => sendPasted(event, sending.sendText)}>
      <DropVeil shown={isDragGlobal && sending.underWay === null} rootProps={getRootProps()} />
      <div
        aria-busy={sending.underWay !== null}
        className="relative grid justify-items-center gap-1 rounded-3xl border-2 border-edge/60 border-dashed bg-surface px-4 py-10 text-center sm:px-8 sm:py-14"
      >
        <span className="mb-3 grid size-14 place-items-center rounded-2xl bg-accent-soft text-accent">
          <Icon icon={FileDown} className="size-7" />
        </span>
        <p className="text-balance font-semibold text-xl tracking-tight">
          <span className="noscript:hidden pointer-coarse:hidden">{title}</span>
          <span className="hidden noscript:inline pointer-coarse:inline">{touchTitle}</span>
        </p>
        {hint === undefined ? null : <p className="text-ink-2 text-sm">{hint}</p>}
        <DropChoices inputProps={plainInput(getInputProps)} underWay={sending.underWay} />
        <div role="alert" className="mt-4 max-w-prose text-sm text-stopped empty:hidden">
          {sending.answer}
        </div>
      </div>
    </form>
  );
}

function sendPasted(event: FormEvent<HTMLFormElement>, sendText: (text: string) => void) {
  event.preventDefault();
  const text = new FormData(event.currentTarget).get('text');
  if (typeof text === 'string' && text.trim() !== '') sendText(text);
}

/** Keeps the file input an ordinary one: focusable, labelled, styled by class. */
function plainInput(getInputProps: (props: ComponentProps<'input'>) => ComponentProps<'input'>): ComponentProps<'input'> {
  return getInputProps({
    id: 'exchange-file',
    name: 'file',
    style: {},
    tabIndex: 0,
    'aria-label': undefined,
    onClick: (event) => {
      event.currentTarget.value = '';
    },
  });
}

interface DropVeilProps {
  /** True while a file is held over the page. */
  readonly shown: boolean;
  readonly rootProps: ComponentProps<'div'>;
}

/** Makes the whole page the target while a file is held over it. */
function DropVeil({ shown, rootProps }: DropVeilProps) {
  return (
    <div
      {...rootProps}
      aria-hidden="true"
      tabIndex={-1}
      className={`fixed inset-0 z-50 grid place-items-center bg-canvas/90 p-4 ${shown ? '' : 'invisible pointer-events-none'}`}
    >
      <div className="pointer-events-none grid size-full place-content-center justify-items-center gap-3 rounded-3xl border-4 border-accent border-dashed bg-accent-soft text-accent">
        <Icon icon={FileDown} className="size-12" />
        <p className="font-semibold text-2xl tracking-tight">Let go to read it</p>
      </div>
    </div>
  );
}

'use client';

import { useActionState, useId } from 'react';
import { Note } from '../feedback/note';
import { Instant } from '../time/instant';
import { buttonClass } from './button-class';
import { CopyButton } from './copy-button';
import { SubmitButton } from './submit-button';

/** A new calendar address. */
export interface MadeAddress {
  readonly url: string;
  readonly createdAt: Date;
}

interface CalendarAddressProps {
  /** The existing address; null without one. */
  readonly link: { readonly createdAt: Date; readonly lastFetchedAt: Date | null } | null;
  readonly make: () => Promise<MadeAddress | null>;
  readonly revoke: () => Promise<void>;
}

/** A private address for calendar programs: shown once, when it is made. Works without scripts. */
export function CalendarAddress({ link, make, revoke }: CalendarAddressProps) {
  const [made, makeAction] = useActionState(make, null);
  const shown = made !== null && made.createdAt.getTime() === link?.createdAt.getTime() ? made : null;
  return (
    <div className="grid gap-5">
      {shown === null ? null : <NewAddress url={shown.url} />}
      {link === null ? null : (
        <p className="text-sm">
          Your address was made on <Instant at={link.createdAt} precision="minute" focusable />.{' '}
          {link.lastFetchedAt === null ? (
            'No calendar has fetched it yet.'
          ) : (
            <>
              A calendar last fetched it on <Instant at={link.lastFetchedAt} precision="minute" focusable />.
            </>
          )}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <form action={makeAction}>
          <SubmitButton kind="secondary" busyText="Making…">
            {link === null ? 'Make a calendar address' : 'Make a new address'}
          </SubmitButton>
        </form>
        {link === null ? null : (
          <form action={revoke}>
            <SubmitButton kind="quiet" busyText="Revoking…">
              Revoke the address
            </SubmitButton>
          </form>
        )}
      </div>
      {link === null ? null : (
        <p className="text-ink-3 text-xs">
          With a new address or without one, calendars that use the old one find nothing any more.
        </p>
      )}
    </div>
  );
}

function NewAddress({ url }: { readonly url: string }) {
  const id = useId();
  return (
    <div className="grid gap-4">
      <Note tone="fine">Your new address is ready. It is shown only this once, so put it into your calendar now.</Note>
      <div>
        <label htmlFor={id} className="mb-1.5 block font-medium text-sm">
          Calendar address
        </label>
        <div className="flex flex-wrap gap-2">
          <input
            id={id}
            readOnly
            value={url}
            className="min-h-11 min-w-0 grow basis-72 rounded-lg border border-edge bg-sunken px-3 font-mono text-xs"
          />
          <CopyButton text={url} label="Copy the calendar address" />
          <a href={url.replace(/^https?:/, 'webcal:')} className={buttonClass('secondary')}>
            Open in my calendar
          </a>
        </div>
        <p className="mt-2 text-ink-3 text-xs">Whoever has it sees when your leases end. Treat it like a password.</p>
      </div>
    </div>
  );
}

import { buttonClass } from '@/components/actions/button-class';
import { SubmitButton } from '@/components/actions/submit-button';
import { Field } from '@/components/forms/field';
import type { DeviceDetails } from '@/lib/licensing/devices/device-details';
import { LISTED_DETAILS } from '@/lib/licensing/devices/device-details';
import { rename } from '../actions';

/** Edits the details of a device, behind a disclosure. */
export function RenameForm({ device }: { readonly device: DeviceDetails & { readonly id: string } }) {
  return (
    // The key closes the disclosure once the details have changed.
    <details key={LISTED_DETAILS.map(([member]) => device[member]).join('\n')} className="max-w-full open:w-80 sm:text-right">
      <summary className={`${buttonClass('secondary')} w-fit cursor-pointer list-none`}>Edit…</summary>
      <div className="mt-3 rounded-2xl text-left border border-line bg-surface p-5 shadow-card">
        <form action={rename} className="grid gap-4">
          <input type="hidden" name="device" value={device.id} />
          {LISTED_DETAILS.map(([member, { label, hint, max, isRequired }]) => (
            <Field
              key={member}
              id={`device-${member}`}
              name={member}
              label={label}
              defaultValue={device[member] ?? ''}
              required={isRequired}
              maxLength={max}
              hint={hint}
            />
          ))}
          <SubmitButton busyText="Saving…">Save</SubmitButton>
        </form>
      </div>
    </details>
  );
}

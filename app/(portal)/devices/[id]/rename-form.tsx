import { buttonClass } from '@/components/acts/button-class';
import { SubmitButton } from '@/components/acts/submit-button';
import { Field } from '@/components/forms/field';
import { rename } from '../actions';

/** Gives the device another name, behind a disclosure. */
export function RenameForm({ device }: { readonly device: { readonly id: string; readonly name: string } }) {
  return (
    // A new name is a new disclosure, and that one is closed.
    <details key={device.name} className="relative">
      <summary className={`${buttonClass('secondary')} cursor-pointer list-none`}>Rename…</summary>
      <div className="absolute top-full left-0 z-20 mt-2 w-80 max-w-[calc(100vw-2.5rem)] rounded-2xl border border-line bg-surface p-5 shadow-lifted sm:right-0 sm:left-auto">
        <form action={rename} className="grid gap-4">
          <input type="hidden" name="device" value={device.id} />
          <Field
            id="device-name"
            name="name"
            label="Name"
            defaultValue={device.name}
            required
            maxLength={100}
            hint="For everybody who sees this device. Its next file carries the new name."
          />
          <SubmitButton busyText="Renaming…">Rename the device</SubmitButton>
        </form>
      </div>
    </details>
  );
}

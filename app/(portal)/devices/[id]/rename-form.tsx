import { buttonClass } from '@/components/actions/button-class';
import { SubmitButton } from '@/components/actions/submit-button';
import { Field } from '@/components/forms/field';
import { rename } from '../actions';

/** Gives the device another name, behind a disclosure. */
export function RenameForm({ device }: { readonly device: { readonly id: string; readonly name: string } }) {
  return (
    // A new name is a new disclosure, and that one is closed.
    <details key={device.name} className="max-w-full open:w-80 sm:text-right">
      <summary className={`${buttonClass('secondary')} w-fit cursor-pointer list-none`}>Rename…</summary>
      <div className="mt-3 rounded-2xl text-left border border-line bg-surface p-5 shadow-card">
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

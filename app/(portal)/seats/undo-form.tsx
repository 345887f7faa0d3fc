import type { ButtonSize } from '@/components/actions/button-class';
import { SubmitButton } from '@/components/actions/submit-button';
import { undo } from './actions';

interface UndoFormProps {
  readonly activationId: string;
  /** Name of the device, for screen readers. */
  readonly deviceName?: string;
  readonly size?: ButtonSize;
}

/** Undoes a release. */
export function UndoForm({ activationId, deviceName, size = 'small' }: UndoFormProps) {
  return (
    <form action={undo}>
      <input type="hidden" name="activation" value={activationId} />
      <SubmitButton kind="secondary" size={size} busyText="Undoing…">
        Undo release
        {deviceName === undefined ? null : <span className="sr-only"> of the seat of {deviceName}</span>}
      </SubmitButton>
    </form>
  );
}

import type { ButtonSize } from '@/components/actions/button-class';
import { SubmitButton } from '@/components/actions/submit-button';
import { undo } from './actions';

interface UndoFormProps {
  readonly activationId: string;
  /** Whose seat it is, for those who do not see what stands beside the button. */
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

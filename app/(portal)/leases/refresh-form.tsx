import { SubmitButton } from '@/components/actions/submit-button';
import { refreshLease } from '../entitlements/actions';

export interface RefreshFormProps {
  readonly activation: { readonly id: string; readonly deviceName: string };
  /** The page to return to; for the leases, with its tab. */
  readonly place: { readonly entitlement: string } | { readonly device: string } | { readonly leases: string };
}

/** Makes a refresh file for one device. */
export function RefreshForm({ activation, place }: RefreshFormProps) {
  const [[field, value] = ['', '']] = Object.entries(place);
  return (
    <form action={refreshLease}>
      <input type="hidden" name="activation" value={activation.id} />
      <input type="hidden" name={field} value={value} />
      <SubmitButton kind="secondary" size="small" busyText="Writing…">
        Refresh file<span className="sr-only"> for {activation.deviceName}</span>
      </SubmitButton>
    </form>
  );
}

import { SubmitButton } from '@/components/actions/submit-button';
import { Card } from '@/components/layout/card';
import { begin } from './actions';

/** Explains the second factor and what it needs, and begins to set it up. */
export function BeginForm() {
  return (
    <Card>
      <div className="grid gap-5">
        <p className="max-w-prose text-ink-2">
          You need an app for one-time codes on your phone. Any will do: one of your password manager, of your company, or from
          the phone’s app store. It works without network.
        </p>
        <form action={begin}>
          <SubmitButton busyText="Making your secret…">Set up</SubmitButton>
        </form>
      </div>
    </Card>
  );
}

import { Button } from '@/components/actions/button';
import { SubmitButton } from '@/components/actions/submit-button';
import { Note } from '@/components/feedback/note';
import { Field } from '@/components/forms/field';
import { Card } from '@/components/layout/card';
import { Described } from '@/components/time/described';
import { Instant } from '@/components/time/instant';
import type { Release } from '@/lib/licensing/exchange/decision';
import type { Description } from '@/lib/licensing/seats/describe-seats';
import { approve, refuse, withdraw } from '../actions';

interface AnswerFormProps {
  readonly claimId: string;
  readonly deviceName: string;
  /** What approving does; null when it cannot be approved now. */
  readonly release: Release | null;
  readonly runsOutAt: Date;
  /** The used allowance of seats that come free at once; empty while some is left, or when the policy frees none at once. */
  readonly usedUp: Description;
  readonly now: Date;
  /** Why it cannot be approved now. */
  readonly refusal: string | null;
}

/** Asks for a decision on a claim, and explains what approving it does. */
export function AnswerForm({ claimId, deviceName, release, runsOutAt, usedUp, now, refusal }: AnswerFormProps) {
  return (
    <Card>
      <form action={release === null ? refuse : approve} className="grid gap-5">
        <input type="hidden" name="claim" value={claimId} />
        {refusal === null ? null : <Note tone="info">This cannot be approved now. {refusal}</Note>}
        {release === null ? null : (
          <Note tone="soon">
            {now < runsOutAt ? (
              <>
                {deviceName} may go on running until <Instant at={runsOutAt} precision="minute" now={now} />.{' '}
                {release.heldUntil === null
                  ? 'Its seat is free at once.'
                  : 'Its seat stays in use until then and comes free by itself.'}
                {release.heldUntil === null || usedUp.length === 0 ? null : (
                  <>
                    {' '}
                    Of those that may come free at once, <Described parts={usedUp} />.
                  </>
                )}
              </>
            ) : (
              'The lease of the device has ended, and its seat is free already. Approving ends the activation.'
            )}
          </Note>
        )}
        <Field
          id="answer"
          label="Your answer"
          name="answer"
          maxLength={500}
          hint="In your words; it may stay empty. Whoever asked gets it by mail."
        />
        <div className="flex flex-wrap gap-3">
          {release === null ? null : (
            <SubmitButton kind="danger" busyText="Releasing…">
              Approve and release seat
            </SubmitButton>
          )}
          <Button kind="secondary" formAction={refuse}>
            Refuse
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** Withdraws the reader's own claim. */
export function WithdrawForm({ claimId }: { readonly claimId: string }) {
  return (
    <Card>
      <form action={withdraw} className="grid justify-items-start gap-4">
        <input type="hidden" name="claim" value={claimId} />
        <p className="text-ink-2 text-sm">You asked for this, so somebody else answers. Until then you can take it back.</p>
        <SubmitButton kind="secondary" busyText="Taking back…">
          Take claim back
        </SubmitButton>
      </form>
    </Card>
  );
}

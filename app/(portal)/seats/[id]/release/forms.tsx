import { ButtonLink } from '@/components/actions/button-link';
import { SubmitButton } from '@/components/actions/submit-button';
import { Field } from '@/components/forms/field';
import { REASON_WORDS } from '@/components/seats/describe-release';
import { RELEASE_REASONS } from '@/lib/licensing/claims/lost-device-claim';
import { release, requestRelease } from '../../actions';

interface ReleaseFormProps {
  readonly activationId: string;
  readonly back: string;
  /** The file that needs the seat. */
  readonly file: { readonly id: string } | null;
  /** True when the release needs approval. */
  readonly asks: boolean;
}

/** Asks what happened to the device, and releases its seat or opens a claim. */
export function ReleaseForm({ activationId, back, file, asks }: ReleaseFormProps) {
  return (
    <form action={asks ? requestRelease : release} className="grid gap-6">
      <input type="hidden" name="activation" value={activationId} />
      {file === null ? null : <input type="hidden" name="file" value={file.id} />}
      <fieldset className="grid gap-1">
        <legend className="mb-2 font-medium text-sm">What happened to it?</legend>
        {RELEASE_REASONS.map((reason) => (
          <label key={reason} className="flex min-h-11 items-center gap-3 text-sm">
            <input type="radio" name="reason" value={reason} required className="size-4 accent-accent" />
            {REASON_WORDS[reason]}
          </label>
        ))}
      </fieldset>
      <Field
        id="note"
        label="Anything to add"
        name="note"
        maxLength={500}
        {...(asks ? { hint: 'Whoever answers reads this.' } : {})}
      />
      <div className="flex flex-wrap gap-3">
        {asks ? (
          <SubmitButton busyText="Asking…">Ask for the release</SubmitButton>
        ) : (
          <SubmitButton kind="danger" busyText="Releasing…">
            Release seat
          </SubmitButton>
        )}
        <ButtonLink href={back} kind="quiet">
          Keep it
        </ButtonLink>
      </div>
    </form>
  );
}

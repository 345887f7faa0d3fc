import { ButtonLink } from '@/components/actions/button-link';
import { CopyButton } from '@/components/actions/copy-button';
import { TextLink } from '@/components/actions/text-link';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { Section } from '@/components/layout/section';

interface LicenceKeyProps {
  readonly entitlementId: string;
  readonly licenceKey: { readonly text: string; readonly scheme: string | null; readonly withdrawnAt: Date | null };
}

/** The licence key of an entitlement, to be typed or pasted on a machine that runs software built for Keygen. */
export function LicenceKey({ entitlementId, licenceKey }: LicenceKeyProps) {
  const { text, scheme, withdrawnAt } = licenceKey;
  return (
    <Section
      id="licence-key"
      title="Licence key"
      lead="Enter it in the software on the machine. The machine then shows a text or a code: bring that here."
    >
      <Card>
        {withdrawnAt === null ? null : (
          <div className="mb-5">
            <Note tone="stopped">This key was withdrawn. No file is made for it any more.</Note>
          </div>
        )}
        <p className="break-all rounded-xl bg-sunken px-4 py-3 font-mono text-xs leading-5">{text}</p>
        <div className="mt-4 flex flex-wrap items-center gap-3">
          <CopyButton text={text} label="Copy the licence key" kind="primary" />
          <ButtonLink href={`/entitlements/${entitlementId}/licence-file`}>Licence file…</ButtonLink>
        </div>
        <p className="mt-4 text-ink-3 text-xs">
          {scheme === null ? 'A plain key.' : `Signed in the scheme ${scheme}.`} Developers find{' '}
          <TextLink href="/keygen">what verifies it</TextLink>.
        </p>
      </Card>
    </Section>
  );
}

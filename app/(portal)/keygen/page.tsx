import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CopyButton } from '@/components/actions/copy-button';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { showKeygenPublic } from '@/lib/operations/keygen/manage-issuers';
import { perform } from '@/lib/operations/operation';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';

export const metadata: Metadata = { title: 'For developers' };

const LEAD =
  'Software built for Keygen verifies what this portal issues once it is built with these: the account and the public keys. None of it is secret.';

/** Shows the public keys in every encoding that clients use, for developers. */
export default async function KeygenPage() {
  await requireSignedIn('/keygen');
  const result = resultForPage(await perform(showKeygenPublic, {}, await requestContext()), '/keygen');
  if (!result.ok) notFound();
  const keys = result.value;
  return (
    <>
      <PageHeader title="For developers" lead={LEAD} />
      <div className="grid gap-6">
        <PublicText
          title="Account"
          what="the account"
          text={keys.account}
          note="The id that software calls the portal’s account."
        />
        <PublicText title="Ed25519 key" what="the Ed25519 key" text={keys.ed25519Hex} note="64 hexadecimal digits." />
        <PublicText
          title="Ed25519 key, DER"
          what="the Ed25519 key as DER"
          text={keys.ed25519DerB64}
          note="SPKI in DER, base64."
        />
        <PublicText title="RSA key" what="the RSA key" text={keys.rsaPem} note="2048 bits, SPKI in PEM." />
        <PublicText
          title="RSA key, PEM in base64"
          what="the RSA key in base64"
          text={keys.rsaPemB64}
          note="The whole PEM once more in base64."
        />
        <PublicText title="ECDSA key" what="the ECDSA key" text={keys.ecPem} note="P-256, SPKI in PEM." />
      </div>
    </>
  );
}

interface PublicTextProps {
  readonly title: string;
  /** What is copied: "the RSA key". */
  readonly what: string;
  readonly text: string;
  readonly note: string;
}

function PublicText({ title, what, text, note }: PublicTextProps) {
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h2 className="font-semibold">{title}</h2>
          <p className="mt-0.5 text-ink-3 text-xs">{note}</p>
        </div>
        <CopyButton text={text} label={`Copy ${what}`} size="small" />
      </div>
      <pre className="mt-4 whitespace-pre-wrap break-all rounded-xl bg-sunken px-4 py-3 font-mono text-xs leading-5">
        {text.trimEnd()}
      </pre>
    </Card>
  );
}

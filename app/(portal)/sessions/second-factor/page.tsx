import type { Metadata } from 'next';
import { ButtonLink } from '@/components/actions/button-link';
import { PrivateNote } from '@/components/feedback/private-note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { oneOf } from '@/components/tables/list-address';
import { perform } from '@/lib/operations/operation';
import type { SecondFactorShown } from '@/lib/operations/sign-in/set-up-second-factor';
import { showSecondFactor } from '@/lib/operations/sign-in/set-up-second-factor';
import { drawQr } from '@/lib/web/draw-qr';
import { proofPath, requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { RefusedNote } from '../../seats/refused-note';
import { BeginForm } from './begin-form';
import { ChangeForms } from './change-forms';
import { SetUpForm } from './set-up-form';

export const metadata: Metadata = { title: 'Second factor' };

/** Sets the reader's second factor up, or changes it. */
export default async function SecondFactorPage({ searchParams }: PageProps<'/sessions/second-factor'>) {
  const here = '/sessions/second-factor';
  const { name } = await requireSignedIn(here);
  const result = resultForPage(await perform(showSecondFactor, {}, await requestContext()), here);
  return (
    <>
      <PageHeader
        back={{ href: '/sessions', label: 'Sign-ins' }}
        title="Second factor"
        lead="A code from an app on your phone, beside the code from your mail."
      />
      <RefusedFactor query={await searchParams} />
      {result.ok ? <Step shown={result.value} /> : <PrivateNote rejection={result.rejection} name={name} />}
    </>
  );
}

function Step({ shown }: { readonly shown: SecondFactorShown }) {
  switch (shown.state) {
    case 'off':
      return <BeginForm />;
    case 'set-up-hidden':
      return <SetUpHidden />;
    case 'set-up':
      return <SetUpForm secret={shown.secret} address={shown.address} qr={drawQr(shown.address)} />;
    case 'on':
      return <ChangeForms since={shown.since} recoveryCodesLeft={shown.recoveryCodesLeft} />;
  }
}

function SetUpHidden() {
  return (
    <Card>
      <div className="grid justify-items-start gap-4">
        <p className="max-w-prose text-ink-2">
          You have begun to set it up. The secret is shown again when you have shown that it is you.
        </p>
        <ButtonLink href={proofPath('/sessions/second-factor')} kind="primary">
          Show that it is you
        </ButtonLink>
      </div>
    </Card>
  );
}

const OWN_WORDS = {
  'too-many-attempts': 'Too many wrong codes were typed in a short time. Wait an hour, then try again.',
} as const;

function RefusedFactor({ query }: { readonly query: Readonly<Record<string, string | string[] | undefined>> }) {
  const tone = oneOf(query.refused) === 'too-many-attempts' ? 'soon' : 'stopped';
  return <RefusedNote query={query} words={OWN_WORDS} tone={tone} />;
}

import { ShieldCheck, ShieldOff } from '@lucide/icons';
import { ButtonLink } from '@/components/actions/button-link';
import { StateBadge } from '@/components/badges/state-badge';
import { Card } from '@/components/layout/card';
import { Section } from '@/components/layout/section';
import type { SecondFactorShown } from '@/lib/operations/sign-in/set-up-second-factor';

/** At or below this number the card warns. */
const FEW_CODES = 2;

/** Shows the state of the reader's second factor, with a link to change it. */
export function SecondFactorCard({ shown }: { readonly shown: SecondFactorShown }) {
  const isOn = shown.state === 'on';
  return (
    <Section id="second-factor" title="Second factor">
      <Card>
        <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
          <div className="grid gap-2">
            <div>
              <StateBadge tone={isOn ? 'fine' : 'quiet'} icon={isOn ? ShieldCheck : ShieldOff} word={isOn ? 'On' : 'Off'} />
            </div>
            <p className="max-w-prose text-ink-2 text-sm">{sentenceFor(shown)}</p>
          </div>
          <ButtonLink href="/sessions/second-factor">{isOn ? 'Change…' : 'Set up…'}</ButtonLink>
        </div>
      </Card>
    </Section>
  );
}

function sentenceFor(shown: SecondFactorShown): string {
  if (shown.state !== 'on')
    return 'Signing in asks for the code from your mail only. With a second factor it also asks for a code from an app on your phone, so that nobody gets in who reads your mail.';
  const { recoveryCodesLeft: left } = shown;
  const codes = `${left} recovery ${left === 1 ? 'code' : 'codes'} left${left <= FEW_CODES ? ': make new ones soon' : ''}.`;
  return `Signing in asks for the code from your mail and for one from your app. ${codes}`;
}

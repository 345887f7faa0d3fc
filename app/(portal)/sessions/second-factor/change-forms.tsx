import type { ReactNode } from 'react';
import { SubmitButton } from '@/components/actions/submit-button';
import { Field } from '@/components/forms/field';
import { Card } from '@/components/layout/card';
import { Section } from '@/components/layout/section';
import { Facts } from '@/components/tables/facts';
import { Instant } from '@/components/time/instant';
import { renew, switchOff } from './actions';

interface ChangeFormsProps {
  readonly since: Date;
  readonly recoveryCodesLeft: number;
}

/** Changes a second factor that is on: new recovery codes, or off. Both ask for a code. */
export function ChangeForms({ since, recoveryCodesLeft }: ChangeFormsProps) {
  const facts = [
    { term: 'On since', value: <Instant at={since} precision="minute" focusable /> },
    { term: 'Recovery codes left', value: recoveryCodesLeft },
  ];
  return (
    <>
      <Card>
        <Facts facts={facts} />
      </Card>
      <Section id="renew" title="New recovery codes" lead="Eight new ones. The old ones no longer work then.">
        <Card>
          <form action={renew} className="grid max-w-sm gap-4">
            <ProofField id="renew-code" />
            <div>
              <SubmitButton kind="secondary" busyText="Making new codes…">
                Make new recovery codes
              </SubmitButton>
            </div>
          </form>
        </Card>
      </Section>
      <Section id="off" title="Switch off" lead={OFF_LEAD}>
        <Card>
          <form action={switchOff} className="grid max-w-sm gap-4">
            <ProofField id="off-code" />
            <div>
              <SubmitButton kind="danger" busyText="Switching off…">
                Switch off
              </SubmitButton>
            </div>
          </form>
        </Card>
      </Section>
    </>
  );
}

const OFF_LEAD: ReactNode =
  'The code from your mail is enough to sign in then. To move to another phone, switch off here and set up anew.';

function ProofField({ id }: { readonly id: string }) {
  return (
    <Field
      id={id}
      name="code"
      label="Code from your app, or a recovery code"
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={40}
      required
    />
  );
}

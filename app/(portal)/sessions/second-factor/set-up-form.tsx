import { CopyButton } from '@/components/actions/copy-button';
import { SubmitButton } from '@/components/actions/submit-button';
import { QrCode } from '@/components/exchange/qr-code';
import { CodeField } from '@/components/forms/code-field';
import { Card } from '@/components/layout/card';
import { Steps } from '@/components/tables/steps';
import { begin, confirm } from './actions';

interface SetUpFormProps {
  /** The secret in groups of four characters. */
  readonly secret: string;
  readonly address: string;
  readonly qr: { readonly size: number; readonly path: string };
}

/** Shows the secret to scan or type, and asks for a first code, which switches the second factor on. */
export function SetUpForm({ secret, address, qr }: SetUpFormProps) {
  return (
    <Card>
      <Steps
        id="set-up"
        title="Set it up"
        steps={[
          <ScanStep key="scan" secret={secret} address={address} qr={qr} />,
          <ConfirmStep key="confirm" />,
          <p key="codes">Keep the recovery codes that you get then, for the day your phone is lost.</p>,
        ]}
      />
      <form action={begin} className="mt-8 border-line border-t pt-5">
        <SubmitButton kind="quiet" size="small" busyText="Making another secret…">
          Start again with another secret
        </SubmitButton>
      </form>
    </Card>
  );
}

function ScanStep({ secret, address, qr }: SetUpFormProps) {
  return (
    <div className="grid gap-4">
      <p>
        Open your app, add an account, and scan this picture. Are you on that phone now?{' '}
        <a
          href={address}
          className="rounded-sm font-medium text-accent underline decoration-accent/35 underline-offset-[0.2em] hover:decoration-accent"
        >
          Open the app
        </a>{' '}
        instead.
      </p>
      <div className="flex flex-wrap items-center gap-x-8 gap-y-4">
        <QrCode drawing={qr} label="QR code with the secret. The same secret stands beside it as text." />
        <div className="grid min-w-0 gap-2">
          <p className="text-sm">Or type this secret into the app:</p>
          <p id="secret" className="max-w-52 font-medium font-mono text-base text-ink leading-8">
            {secret}
          </p>
          <div>
            <CopyButton text={secret.replaceAll(' ', '')} label="Copy the secret" size="small" />
          </div>
        </div>
      </div>
    </div>
  );
}

function ConfirmStep() {
  return (
    <form action={confirm} className="grid max-w-sm gap-4">
      <p>
        Type the six digits that the app shows now. The second factor is on as soon as they are right, and other browsers are
        signed out.
      </p>
      <CodeField label="Code from your app" />
      <div>
        <SubmitButton busyText="Switching on…">Switch on</SubmitButton>
      </div>
    </form>
  );
}

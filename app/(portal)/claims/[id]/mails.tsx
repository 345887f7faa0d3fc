import { MailCheck, MailWarning, MailX, Send } from '@lucide/icons';
import { SubmitButton } from '@/components/actions/submit-button';
import { StateBadge } from '@/components/badges/state-badge';
import { Card } from '@/components/layout/card';
import { Instant } from '@/components/time/instant';
import { resend } from '../actions';

interface Mail {
  readonly userId: string;
  readonly name: string;
  readonly tells: 'asked' | 'approved' | 'refused' | 'withdrawn' | 'closed' | 'tied';
  readonly outcome: 'accepted' | 'refused' | 'failed' | null;
  readonly answer: string;
  readonly at: Date | null;
}

interface ClaimMailsProps {
  readonly claimId: string;
  readonly mails: readonly Mail[];
  readonly mayResend: boolean;
  readonly now: Date;
}

const TELLS: Record<Mail['tells'], string> = {
  asked: 'was asked to answer',
  approved: 'was told of the approval',
  refused: 'was told of the refusal',
  withdrawn: 'was told that it was taken back',
  closed: 'was told that it is no longer needed',
  tied: 'was told who approved it',
};

const LOOK = {
  accepted: { tone: 'fine', icon: MailCheck, word: 'Taken by the mail server' },
  refused: { tone: 'stopped', icon: MailX, word: 'Refused by the mail server' },
  failed: { tone: 'soon', icon: MailWarning, word: 'Not sent yet, tried again' },
  waiting: { tone: 'info', icon: Send, word: 'Under way' },
} as const;

/** Lists the mails about a claim, with the outcome of each. */
export function ClaimMails({ claimId, mails, mayResend, now }: ClaimMailsProps) {
  if (mails.length === 0 && !mayResend) return null;
  return (
    <Card>
      <h2 className="font-semibold">Mails</h2>
      {mails.length === 0 ? <p className="mt-2 text-ink-2 text-sm">Nobody was mailed about this claim yet.</p> : null}
      <ul className="mt-1 divide-y divide-line">
        {mails.map((mail) => (
          <MailLine key={`${mail.userId} ${mail.tells}`} mail={mail} now={now} />
        ))}
      </ul>
      {mayResend ? (
        <form action={resend} className="mt-4">
          <input type="hidden" name="claim" value={claimId} />
          <SubmitButton kind="secondary" busyText="Sending…">
            Send mails again
          </SubmitButton>
        </form>
      ) : null}
    </Card>
  );
}

function MailLine({ mail, now }: { readonly mail: Mail; readonly now: Date }) {
  const { name, tells, outcome, answer, at } = mail;
  return (
    <li className="py-3 text-sm sm:flex sm:items-start sm:justify-between sm:gap-6">
      <div className="min-w-0">
        <p className="break-words">
          <span className="font-medium">{name}</span> {TELLS[tells]}
        </p>
        {answer === '' || outcome === 'accepted' ? null : <p className="mt-0.5 break-words text-ink-2 text-xs">{answer}</p>}
      </div>
      <div className="mt-1.5 shrink-0 sm:mt-0 sm:text-right">
        <StateBadge {...LOOK[outcome ?? 'waiting']} />
        {at === null ? null : (
          <p className="mt-1 text-ink-3 text-xs">
            <Instant at={at} precision="minute" now={now} />
          </p>
        )}
      </div>
    </li>
  );
}

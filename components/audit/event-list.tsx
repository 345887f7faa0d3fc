import {
  Armchair,
  FileText,
  FileX2,
  KeyRound,
  LogIn,
  MessageCircleQuestionMark,
  MonitorSmartphone,
  Settings,
  Timer,
  Users,
} from '@lucide/icons';
import Link from 'next/link';
import type { AuditKind } from '@/lib/licensing/audit/audit-action';
import type { IconData } from '../layout/icon';
import { Icon } from '../layout/icon';
import { Instant } from '../time/instant';
import type { Sentence } from './audited-event';

/** One audit entry, done or refused. */
export interface ActivityEvent {
  readonly id: number;
  readonly at: Date;
  /** Null for a kind unknown to this version. */
  readonly kind: AuditKind | null;
  readonly sentence: Sentence;
  /** Cause of a refusal, and its trouble code for support. */
  readonly refusal: { readonly cause: string; readonly troubleCode: string | null } | null;
  /** The customer, for readers who see several. */
  readonly customerName: string | null;
}

const ICONS: Readonly<Record<AuditKind, IconData>> = {
  files: FileText,
  seats: Armchair,
  claims: MessageCircleQuestionMark,
  leases: Timer,
  entitlements: KeyRound,
  devices: MonitorSmartphone,
  people: Users,
  'sign-ins': LogIn,
  vendor: Settings,
};

/** Most words of the list are links, so they keep the colour of text. */
const QUIET_LINK =
  'rounded-sm font-medium underline decoration-edge/70 underline-offset-[0.2em] hover:text-accent hover:decoration-accent';

/** Lists audit entries in the given order. */
export function EventList({ events }: { readonly events: readonly ActivityEvent[] }) {
  return (
    <ol className="divide-y divide-line rounded-2xl border border-line bg-surface shadow-card">
      {events.map((event) => (
        <EventLine key={event.id} {...event} />
      ))}
    </ol>
  );
}

function EventLine({ at, kind, sentence, refusal, customerName }: ActivityEvent) {
  const colour = refusal === null ? 'bg-sunken text-ink-2' : 'bg-stopped-soft text-stopped';
  const icon = kind === null ? FileText : ICONS[kind];
  return (
    <li className="flex gap-3.5 px-4 py-3.5 sm:px-5">
      <span className={`mt-0.5 grid size-8 shrink-0 place-items-center rounded-full ${colour}`}>
        <Icon icon={refusal === null ? icon : FileX2} className="size-4" />
      </span>
      <div className="min-w-0 grow sm:flex sm:justify-between sm:gap-6">
        <div className="min-w-0">
          <p className="break-words text-sm">
            {refusal === null ? null : <span className="sr-only">Refused: </span>}
            <SentenceParts sentence={sentence} />.
          </p>
          {refusal === null ? null : <Refusal {...refusal} />}
        </div>
        <p className="mt-0.5 shrink-0 text-ink-3 text-xs sm:mt-0.5 sm:text-right">
          <Instant at={at} precision="minute" />
          {customerName === null ? null : (
            <span className="sm:block">
              <span className="sm:hidden"> · </span>
              {customerName}
            </span>
          )}
        </p>
      </div>
    </li>
  );
}

function Refusal({ cause, troubleCode }: NonNullable<ActivityEvent['refusal']>) {
  return (
    <p className="mt-0.5 break-words text-ink-2 text-sm">
      {cause}
      {troubleCode === null ? null : (
        <span className="whitespace-nowrap text-ink-3 text-xs">
          {' '}
          Trouble code <code className="font-medium font-mono text-ink-2">{troubleCode}</code>
        </span>
      )}
    </p>
  );
}

function SentenceParts({ sentence }: { readonly sentence: Sentence }) {
  return sentence.map((part, index) => {
    // biome-ignore-start lint/suspicious/noArrayIndexKey: the parts of a sentence never change places
    if (typeof part === 'string') return <span key={index}>{part}</span>;
    if (part instanceof Date) return <Instant key={index} at={part} />;
    if (part.href === null) {
      return (
        <span key={index} className="font-medium">
          {part.name}
        </span>
      );
    }
    return (
      <Link key={index} prefetch={false} href={part.href} className={QUIET_LINK}>
        {part.name}
      </Link>
    );
    // biome-ignore-end lint/suspicious/noArrayIndexKey: the parts of a sentence never change places
  });
}

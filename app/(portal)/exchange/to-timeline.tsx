import { TextLink } from '@/components/actions/text-link';
import type { ExchangeEvent } from '@/components/exchange/exchange-timeline';
import { Instant } from '@/components/time/instant';
import type { RejectionCode } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { ExchangeShown } from '@/lib/operations/exchange/show-exchange';
import { readableFacts } from '@/lib/web/refusals/readable-facts';

interface Exchanged {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly kind: ExchangeShown['kind'];
  readonly outcome: ExchangeShown['outcome'];
  readonly deviceName: string | null;
  readonly fileName: string | null;
  readonly code: RejectionCode | null;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly troubleCode: string | null;
  readonly replyName: string | null;
  readonly answeredBy: string | null;
  readonly leaseEndsAt: Date | null;
}

/** Converts an exchange to a line of the timeline, with a link for support to inspect the file. */
export function toInspectedTimeline(exchange: Exchanged): ExchangeEvent {
  return { ...toTimeline(exchange), inspectHref: `/inspect/${exchange.id}` };
}

/** Converts an exchange to a line of the timeline. */
export function toTimeline(exchange: Exchanged): ExchangeEvent {
  const { id, at, replyName, outcome } = exchange;
  // Automatic exchanges have no client address.
  const actor = exchange.actor === 'portal' ? 'the portal' : exchange.actor;
  const went = replyName === null ? 'in' : 'out';
  return {
    id,
    direction: outcome === 'refused' ? 'refused' : went,
    at,
    title: titleOf(exchange),
    detail: exchange.troubleCode === null ? actor : `${actor} · ${exchange.troubleCode}`,
    ...(replyName === null ? {} : { download: { href: `/files/${id}/download`, fileName: replyName } }),
  };
}

function titleOf(exchange: Exchanged) {
  const { id, outcome, kind, code, facts, leaseEndsAt } = exchange;
  const name = exchange.deviceName ?? exchange.fileName ?? 'Pasted text';
  switch (outcome) {
    case 'refused':
      return (
        <>
          {name}: {code === null ? 'refused' : explain({ code, facts: readableFacts(facts) }).cause}
        </>
      );
    case 'granted':
    case 'renewed':
      return (
        <>
          <TextLink href={`/files/${id}`}>{name}</TextLink> {issuedWords(kind, outcome)}
          {leaseEndsAt === null ? null : (
            <>
              , until <Instant at={leaseEndsAt} />
            </>
          )}
        </>
      );
    case 'issued':
      return kind === 'licence-file' ? (
        <TextLink href={`/files/${id}`}>Licence file</TextLink>
      ) : (
        <>
          <TextLink href={`/files/${id}`}>{name}</TextLink>: activation proof
        </>
      );
    case 'returned':
      return (
        <>
          <TextLink href={`/files/${id}`}>{name}</TextLink> deactivated, and gave up its seat
        </>
      );
    case 'repeated':
      return <>{name}: the same file again, the same answer</>;
    case 'previewed':
      return <>{name}: looked at, nothing was changed</>;
  }
}

function issuedWords(kind: Exchanged['kind'], outcome: 'granted' | 'renewed'): string {
  if (kind === 'refresh') return 'refreshed';
  return outcome === 'granted' ? 'activated' : 'activated again on its seat';
}

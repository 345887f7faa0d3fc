import { Instant } from '@/components/time/instant';
import type { Drift } from '@/lib/licensing/devices/drift-history';

/** How the fingerprint of a device changed, newest first. */
export function DriftHistory({ history }: { readonly history: readonly Drift[] }) {
  return (
    <ol className="mb-5 grid gap-3 text-sm empty:hidden">
      {history.map(({ at, changes }) => (
        <li key={at.getTime()} className="rounded-2xl border border-line bg-surface px-4 py-3 sm:px-5">
          <p className="font-medium">
            <Instant at={at} precision="minute" />
          </p>
          <ul className="mt-1 grid gap-1 text-ink-2">
            {changes.map((change) => (
              <li key={change.name} className="break-words">
                {change.name}: <Change {...change} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Change({ from, to }: Pick<Drift['changes'][number], 'from' | 'to'>) {
  return (
    <>
      {from === null ? 'new' : <Digest text={from} />} → {to === null ? 'gone' : <Digest text={to} />}
    </>
  );
}

function Digest({ text }: { readonly text: string }) {
  return <code className="font-mono text-xs">{text.slice(0, 16)}…</code>;
}

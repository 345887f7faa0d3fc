import { Note } from '@/components/feedback/note';
import { ReferenceLine } from '@/components/feedback/reference-line';
import { oneOf } from '@/components/tables/list-address';
import type { Facts, RejectionCode } from '@/lib/licensing/refusals/rejection';
import { explain, isRejectionCode } from '@/lib/licensing/refusals/rejection';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';
import { untilFrom } from '@/lib/web/refusals/refused-at';

interface RefusedNoteProps {
  /** The query of the page's address. */
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  /** Texts for codes whose general text needs facts that the query does not contain. */
  readonly words?: Readonly<Record<string, string>>;
  readonly tone?: 'stopped' | 'soon';
}

/**
 * Explains why the last act on this page was refused, from the code in the query, with the reference to quote to support; or confirms a fresh
 * proof, after which the act is possible. Nothing for a query without either.
 */
export function RefusedNote({ query, words = {}, tone = 'stopped' }: RefusedNoteProps) {
  const code = oneOf(query.refused);
  if (code === '' && oneOf(query.proved) === 'yes') return <ProvedNote />;
  if (!isRejectionCode(code)) return null;
  const trouble = oneOf(query.trouble).toUpperCase();
  return (
    <div className="mb-6">
      <Note tone={tone}>
        <p>{Object.hasOwn(words, code) ? words[code] : generalWords(code, untilFrom(query.until))} Nothing was changed.</p>
        {isTroubleCode(trouble) ? (
          <div className="mt-1.5">
            <ReferenceLine code={code} reference={trouble} />
          </div>
        ) : null}
      </Note>
    </div>
  );
}

function ProvedNote() {
  return (
    <div className="mb-6">
      <Note tone="fine">Thank you, it is you. Now do once more what you wanted to do.</Note>
    </div>
  );
}

function generalWords(code: RejectionCode, facts: Facts): string {
  const { cause, fix } = explain({ code, facts });
  return [cause, fix].filter((sentence) => !/unknown/.test(sentence)).join(' ');
}

import { z } from 'zod';
import type { SearchedBy } from '@/db/support/search';
import { SEARCH_ROWS, searchBy, waysTo } from '@/db/support/search';
import type { FoundKind, FoundRow } from '@/db/support/search-details';
import { reject } from '@/lib/licensing/refusals/rejection';
import { isTroubleCode, looksLikeTroubleCode } from '@/lib/licensing/support/trouble-code';
import { isActivationCode } from '@/lib/signing/activation-code';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import { searchInput } from '../cursor';
import { dialectsOf } from '../dialects/registry';
import { defineOperation, done, refuse } from '../operation';

/** The kinds of results, in the order of the result. */
const KINDS = [
  'exchange',
  'attempt',
  'customer',
  'person',
  'device',
  'activation',
  'entitlement',
  'code',
] as const satisfies readonly FoundKind[];

/** One search result. `id` is that of its page: for an activation the device, for a code the entitlement. */
export interface Hit extends FoundRow {
  readonly by: SearchedBy;
}

/** The results of one kind. */
export interface HitGroup {
  readonly kind: FoundKind;
  readonly hits: readonly Hit[];
  /** Whether there are more results than `hits`. */
  readonly more: boolean;
}

const isIdStart = (text: string) => /^[0-9a-f]{8}[0-9a-f-]{0,28}$/i.test(text);
const isTwoLetters = (text: string) => text.length >= 2;

/** The form that a text must have to be searched for in each way; ways left out need two letters. */
const FORMS: Partial<Record<SearchedBy, (text: string) => boolean>> = {
  'trouble-code': isTroubleCode,
  'trouble-code-of-act': isTroubleCode,
  // Of a code only the last four characters are stored.
  'last-four': (text) => /^[0-9a-z]{4}$/i.test(text) || isActivationCode(text),
  fingerprint: (text) => /^[\w-]{6,43}$/.test(text),
  'request-id': isIdStart,
  'exchange-id': isIdStart,
  'device-id': isIdStart,
  'activation-id': isIdStart,
  'entitlement-id': isIdStart,
};

/**
 * Finds, across all customers, what a text names: by the start of names and ids, by trouble code, by the last four characters of a code, and
 * by the whole hardware id or fingerprint under which another dialect knows a machine.
 * `trouble-code-mistyped` when nothing is found and only the check character keeps the text from being a trouble code.
 */
export const searchEverything = defineOperation({
  name: 'support.search',
  kind: 'query',
  permission: 'support:search',
  input: z.object({ text: searchInput }),
  async run({ text: typed }, context) {
    const text = withoutReason(typed);
    const scope = scopeOf(context.actor);
    if (scope.kind !== 'all') return refuse(reject('not-allowed'));
    const ways = KINDS.flatMap(waysTo).filter((by) => (FORMS[by] ?? isTwoLetters)(text));
    const { vendorId } = await context.keyring.current();
    const machines = isTwoLetters(text) ? digestsOf(context, text, vendorId) : [];
    const looks = [{ text, ways }, ...machines.map((digest) => ({ text: digest, ways: ['fingerprint'] as const }))];
    const answers = await Promise.all(looks.map((look) => searchBy(context.db, { scope, look })));
    const hitsOf = (by: SearchedBy): Hit[] => answers.flatMap((answer) => (answer.get(by) ?? []).map((row) => ({ ...row, by })));
    const groups = KINDS.map((kind) => groupOf(kind, waysTo(kind).flatMap(hitsOf)));
    const found = groups.filter(({ hits }) => hits.length > 0);
    // Six letters may also be the start of a name: only without results is it a mistyped code.
    const mistyped = found.length === 0 && looksLikeTroubleCode(text) && !isTroubleCode(text);
    return mistyped ? refuse(reject('trouble-code-mistyped')) : done({ text, groups: found });
  },
});

/** The digests under which the dialects store a machine with this hardware id or fingerprint. The text itself is stored nowhere. */
function digestsOf(context: ActingContext, text: string, vendorId: string): readonly string[] {
  return dialectsOf(context).flatMap(({ digestMachine }) => digestMachine?.(text, vendorId) ?? []);
}

/** Strips the reason from `<reason> · <trouble code>`, the text that pages of refusals offer to copy. */
function withoutReason(text: string): string {
  return /^[a-z-]+ · (\w{6})$/.exec(text)?.[1] ?? text;
}

function groupOf(kind: FoundKind, hits: readonly Hit[]): HitGroup {
  const distinct = hits.filter((hit, index) => hits.findIndex(({ id }) => id === hit.id) === index);
  return { kind, hits: distinct.slice(0, SEARCH_ROWS), more: distinct.length > SEARCH_ROWS };
}

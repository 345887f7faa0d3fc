import { boundedText, cutText } from '@/lib/signing/bounded-text';

/** The start of a page of a list as it stands in a URL, `<milliseconds>_<id>`; null for anything else. */
export const cursorInput = boundedText(51)
  .regex(/^\d{1,14}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((text) => ({ at: new Date(Number(text.slice(0, -37))), id: text.slice(-36) }))
  .nullable()
  .catch(null);

/** Formats the cursor that {@link cursorInput} parses. */
function cursorAfter(row: { at: Date; id: string }): string {
  return `${row.at.getTime()}_${row.id}`;
}

/** A page of a list and the cursor of the next one; null after the last. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** Makes a page of `size` rows from up to one row more, which shows that there is a next page. */
export function pageOf<Row>(rows: readonly Row[], size: number, keyOf: (row: Row) => { at: Date; id: string }): Page<Row> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > size && last !== undefined ? cursorAfter(keyOf(last)) : null };
}

/** A text to search for, such as part of a name or an id. Drops control characters, which no name holds, and cuts after 200 characters. */
export const searchInput = cutText(200)
  .transform((text) => text.replace(/[\p{Cc}\p{Cs}]/gu, '').trim())
  .catch('')
  .default('');

import { boundedText, cutText } from '@/lib/signing/bounded-text';

/** Where a page of a list starts, as it stands in an address: an instant in milliseconds and an id. */
export const cursorInput = boundedText(51)
  .regex(/^\d{1,14}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((text) => ({ at: new Date(Number(text.slice(0, -37))), id: text.slice(-36) }))
  .nullable()
  .catch(null);

/** Writes the cursor that {@link cursorInput} reads. */
function cursorAfter(row: { at: Date; id: string }): string {
  return `${row.at.getTime()}_${row.id}`;
}

/** A page of a list, and where the next one starts. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** Cuts one more than a page of rows to a page, and tells where the next one starts. */
export function pageOf<Row>(rows: readonly Row[], size: number, keyOf: (row: Row) => { at: Date; id: string }): Page<Row> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > size && last !== undefined ? cursorAfter(keyOf(last)) : null };
}

/** A text to search for: a part of a name or an id. Control characters, which no name holds, are left out; more than 200 are cut. */
export const searchInput = cutText(200)
  .transform((text) => text.replace(/[\p{Cc}\p{Cs}]/gu, '').trim())
  .catch('')
  .default('');

import { reject } from '@/lib/licensing/refusals/rejection';
import type { Result } from '@/lib/operations/operation';
import { done, refuse } from '@/lib/operations/operation';
import { FIELDS_MAX } from './parse-form';
import { readBody } from './read-body';

const FORM_BYTES_MAX = 16 * 1024;

/** The fields of a form; the first value of a repeated field. Without NUL characters, which Postgres cannot store. */
export type FormFields = ReadonlyMap<string, string>;

/**
 * Reads an `application/x-www-form-urlencoded` form of up to 16 KiB.
 *
 * @returns `input-refused` for another content type, a body that is too large, too slow or breaks off, too many fields, a NUL character
 */
export async function readForm(request: Request): Promise<Result<FormFields>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return refuse(reject('input-refused', { problem: 'content type' }));
  const { bytes, end } = await readBody(request.body, { most: FORM_BYTES_MAX });
  if (end !== 'whole') return refuse(reject('input-refused', { problem: 'size' }));
  const text = Buffer.from(bytes).toString('utf8');
  if (text.split('&', FIELDS_MAX + 1).length > FIELDS_MAX)
    return refuse(reject('input-refused', { problem: 'number of fields' }));
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (value.includes('\u0000')) return refuse(reject('input-refused', { problem: 'NUL character' }));
    if (!fields.has(name)) fields.set(name, value);
  }
  return done(fields);
}

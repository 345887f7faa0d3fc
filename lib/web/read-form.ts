import { reject } from '@/lib/licensing/rejection';
import type { Result } from '@/lib/operations/operation';
import { done, refuse } from '@/lib/operations/operation';

const FORM_BYTES_MAX = 16 * 1024;

/** The fields of a form, each once: of a field that came twice, the first. Text without NUL characters, which Postgres cannot keep. */
export type FormFields = ReadonlyMap<string, string>;

/**
 * Reads a form as a browser submits it without files (`application/x-www-form-urlencoded`), up to 16 KiB.
 *
 * @returns `input-refused` for another content type, a body that is too large or breaks off, a NUL character
 */
export async function readForm(request: Request): Promise<Result<FormFields>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return refuse(reject('input-refused', { problem: 'content type' }));
  const text = await readText(request);
  if (text === null) return refuse(reject('input-refused', { problem: 'size' }));
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (value.includes('\u0000')) return refuse(reject('input-refused', { problem: 'NUL character' }));
    if (!fields.has(name)) fields.set(name, value);
  }
  return done(fields);
}

async function readText(request: Request): Promise<string | null> {
  if (request.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > FORM_BYTES_MAX) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

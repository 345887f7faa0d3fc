import { Buffer } from 'node:buffer';
import { LARGEST_FILE_BYTES } from '@/lib/operations/exchange/open-file';
import { isMultipart, parseForm } from '../requests/parse-form';
import { readBody } from '../requests/read-body';
import { FILE_FORM } from '../requests/read-upload';

/**
 * The file in a call: its bytes, or why there are none. `missing`: no body, no file part, or the body broke off. `empty`: blank.
 */
export type CalledWith = Uint8Array | 'missing' | 'empty' | 'too-large' | 'too-slow';

/** Reads the file in a call: the body itself, or the part `file` or else `data` of a form. */
export async function readCall({ body, headers }: Request): Promise<CalledWith> {
  const { bytes, end } = await readBody(body, FILE_FORM);
  if (end === 'too-large' || end === 'too-slow') return end;
  if (end === 'broken-off' || bytes.byteLength === 0) return 'missing';
  const type = headers.get('content-type');
  if (!isMultipart(type)) return checkSize(bytes);
  const form = await parseForm(bytes, type);
  const part = form?.get('file') ?? form?.get('data') ?? null;
  if (part === null) return 'missing';
  return checkSize(typeof part === 'string' ? new TextEncoder().encode(part) : new Uint8Array(await part.arrayBuffer()));
}

function checkSize(bytes: Uint8Array): CalledWith {
  if (bytes.byteLength > LARGEST_FILE_BYTES) return 'too-large';
  return Buffer.from(bytes).toString('latin1').trim() === '' ? 'empty' : bytes;
}

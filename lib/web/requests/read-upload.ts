import { LARGEST_FILE_BYTES } from '@/lib/operations/exchange/open-file';
import { parseForm } from './parse-form';
import type { BodyLimits } from './read-body';
import { readBody } from './read-body';

/** A file chosen or pasted in a browser. No file is an empty one. */
export interface Upload {
  readonly fileName: string | null;
  /** At most one byte above the largest file: enough to detect a larger one. */
  readonly bytes: Uint8Array;
}

const NAME_MAX = 255;
const KEPT_BYTES = LARGEST_FILE_BYTES + 1;
/** Limit for a form with one file. */
export const FILE_FORM: BodyLimits = { most: 2 * LARGEST_FILE_BYTES };

/** Reads the upload from the fields `file` and `text` of a form; `file` wins. */
export async function uploadFrom(form: FormData): Promise<Upload> {
  const file = form.get('file');
  if (file instanceof File && (file.size > 0 || file.name !== '')) {
    const bytes = new Uint8Array(await file.slice(0, KEPT_BYTES).arrayBuffer());
    return { fileName: nameFrom(file.name), bytes };
  }
  const text = form.get('text');
  const bytes = new TextEncoder().encode(typeof text === 'string' ? text : '');
  return { fileName: null, bytes: bytes.slice(0, KEPT_BYTES) };
}

function nameFrom(name: string): string | null {
  // Control characters and lone surrogates.
  const kept = name.slice(0, NAME_MAX).replace(/[\p{Cc}\p{Cs}]/gu, '');
  return kept === '' ? null : kept;
}

/**
 * Reads the upload of a form posted without scripts. A body that is too large gives a file that is too large; an invalid or incomplete form
 * gives an empty file.
 */
export async function readUpload({ body, headers }: Request): Promise<Upload> {
  const { bytes, end } = await readBody(body, FILE_FORM);
  if (end === 'too-large') return { fileName: null, bytes: bytes.slice(0, KEPT_BYTES) };
  const form = end === 'whole' ? await parseForm(bytes, headers.get('content-type')) : null;
  return uploadFrom(form ?? new FormData());
}

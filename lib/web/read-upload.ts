import { LARGEST_FILE_BYTES } from '@/lib/operations/submit-file';

/** A file as a browser handed it in, chosen or pasted. Nothing handed in is an empty file. */
export interface Upload {
  readonly fileName: string | null;
  /** At most one byte more than the largest file: enough to refuse a larger one. */
  readonly bytes: Uint8Array;
}

const NAME_MAX = 255;
const KEPT_BYTES = LARGEST_FILE_BYTES + 1;
/** Larger than a form with the largest file: beyond this a body is only read to its end, not kept. */
const FORM_BYTES_MAX = 256 * 1024;
/** Where even reading to the end stops. */
const DRAINED_BYTES_MAX = 32 * 1024 * 1024;

/** The upload in a form with the fields `file` and `text`; a file goes before a text. */
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
  // Control characters, and halves of characters.
  const kept = name.slice(0, NAME_MAX).replace(/[\p{Cc}\p{Cs}]/gu, '');
  return kept === '' ? null : kept;
}

/**
 * Reads the upload of a form that was posted without scripts. A body that is too large counts as a file that is too large; one that
 * is no form, or breaks off, as an empty file.
 */
export async function readUpload(request: Request): Promise<Upload> {
  const body = await readBody(request);
  if (body === null) return { fileName: null, bytes: new Uint8Array() };
  if (body.byteLength > FORM_BYTES_MAX) return { fileName: null, bytes: body.slice(0, KEPT_BYTES) };
  const type = request.headers.get('content-type') ?? '';
  const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => new FormData());
  return uploadFrom(form);
}

async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  if (request.body === null) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body) {
      if (size <= FORM_BYTES_MAX) chunks.push(chunk);
      size += chunk.byteLength;
      if (size > DRAINED_BYTES_MAX) break;
    }
  } catch {
    return null;
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

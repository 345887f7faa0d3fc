import { Buffer } from 'node:buffer';
import { LARGEST_FILE_BYTES } from '@/lib/operations/submit-file';

/** Room for a form around the largest file. */
const GREATEST_BYTES = LARGEST_FILE_BYTES + 16 * 1024;
/** A body that has not come by then does not come. */
const PATIENCE_MS = 30_000;

/** The file in a call: its bytes; `missing` when there is no body or no file; `empty` when there is nothing in it; `too-large`. */
export type CalledWith = Uint8Array | 'missing' | 'empty' | 'too-large';

/** Reads a body up to what a call can have. What is longer, breaks off or keeps waiting is given up, and the rest of it not read. */
async function readBody({ body }: Request): Promise<Uint8Array<ArrayBuffer> | 'missing' | 'too-large'> {
  if (body === null) return 'missing';
  const reader = body.getReader();
  let isTooLate = false;
  const tooLate = setTimeout(() => {
    isTooLate = true;
    reader.cancel().catch(() => undefined);
  }, PATIENCE_MS);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > GREATEST_BYTES) return 'too-large';
      chunks.push(value);
    }
  } catch {
    return 'missing';
  } finally {
    clearTimeout(tooLate);
    await reader.cancel().catch(() => undefined);
  }
  return size === 0 || isTooLate ? 'missing' : Uint8Array.from(Buffer.concat(chunks));
}

/** The file in a call: the body itself, or of a form the part `file`, else the part `data`. */
export async function readCall(request: Request): Promise<CalledWith> {
  const body = await readBody(request);
  if (typeof body === 'string') return body;
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) return checkSize(body);
  const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => null);
  const part = form?.get('file') ?? form?.get('data') ?? null;
  if (part === null) return 'missing';
  return checkSize(typeof part === 'string' ? new TextEncoder().encode(part) : new Uint8Array(await part.arrayBuffer()));
}

function checkSize(bytes: Uint8Array): CalledWith {
  if (bytes.byteLength > LARGEST_FILE_BYTES) return 'too-large';
  return Buffer.from(bytes).toString('latin1').trim() === '' ? 'empty' : bytes;
}

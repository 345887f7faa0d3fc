import { z } from 'zod';
import { reject } from '@/lib/licensing/refusals/rejection';
import { validationScope } from '@/lib/operations/keygen/validate-key';
import { parseStrictJsonBytes, StrictJsonError } from '@/lib/signing/strict-json';
import { readBody } from '../requests/read-body';
import type { ApiError } from './api-error';

/** Largest body: a key has 8 KiB at most. */
const MAX_BYTES = 12 * 1024;

/** Returned to the client unchanged. */
const nonce = z.union([z.number(), z.string().max(200)]);

const question = z.compile(
  z.object({ meta: z.object({ key: z.string().min(1).max(8192), nonce: nonce.nullish(), scope: validationScope.nullish() }) }),
);

/** A validation request: key, nonce and scope. */
export type Question = z.output<typeof question>['meta'];

function refused(status: ApiError['status'], rejection: ApiError['rejection'], pointer: string | null): { error: ApiError } {
  return { error: { status, rejection, pointer } };
}

function parse(bytes: Uint8Array): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: parseStrictJsonBytes(bytes, { maxLength: MAX_BYTES }) };
  } catch (error) {
    if (error instanceof StrictJsonError) return { problem: error.problem };
    throw error;
  }
}

/** Gets the value at a path; undefined when it is missing. */
function at(value: unknown, path: readonly PropertyKey[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  return typeof value === 'object' && value !== null ? at(Reflect.get(value, first), rest) : undefined;
}

/** Formats a path as a JSON pointer (RFC 6901). */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function wrongShape(value: unknown, issue: z.core.$ZodIssue | undefined): { error: ApiError } {
  const { path = [], message = 'unknown' } = issue ?? {};
  if (path.length === 0) return refused(400, reject('keygen-body-damaged', { problem: 'not an object' }), '');
  const pointer = pointerOf(path);
  const member = pointer.slice(1).replaceAll('/', '.').slice(0, 80);
  if (at(value, path) === undefined) return refused(400, reject('keygen-body-member-missing', { member }), pointer);
  return refused(400, reject('keygen-body-member-refused', { member, problem: message.slice(0, 120) }), pointer);
}

/** Reads and checks a validation request. */
export async function readValidation(request: Request): Promise<{ readonly question: Question } | { readonly error: ApiError }> {
  const { bytes, end } = await readBody(request.body, { most: MAX_BYTES });
  if (end === 'too-large') return refused(413, reject('keygen-body-too-large', { greatest: MAX_BYTES }), null);
  if (end === 'too-slow') return refused(408, reject('call-too-slow'), null);
  const read = parse(bytes);
  if ('problem' in read) return refused(400, reject('keygen-body-damaged', { problem: read.problem }), null);
  const parsed = question.safeParse(read.value);
  return parsed.success ? { question: parsed.data.meta } : wrongShape(read.value, parsed.error.issues[0]);
}

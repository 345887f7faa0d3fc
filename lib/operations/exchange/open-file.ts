import type { Dialect, Observe, UploadedFile } from '@/lib/dialects/dialect';
import { DialectError } from '@/lib/dialects/dialect';
import { dialectOf } from '@/lib/dialects/registry';
import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { Keys } from '../keys/keyring';

/** A file whose signature was verified. */
export interface OpenedFile {
  readonly dialect: Dialect;
  readonly request: DeviceRequest;
  /** Names the request in the database: made of verified content only, never of the uploaded text. */
  readonly requestKey: string;
}

/** The name of a request: its dialect, its device and its own id. */
export function requestKeyOf({ dialect, deviceKey, requestId }: DeviceRequest): string {
  return `${dialect}:${deviceKey}:${requestId}`;
}

/** What opening a file came to. */
export type ReadFile = { readonly ok: true; readonly opened: OpenedFile } | { readonly ok: false; readonly rejection: Rejection };

/** Opens a file, or says why not. */
export function openFile(file: UploadedFile, keys: Keys, observe?: Observe): Promise<ReadFile> {
  return openAs(() => dialectOf(file, observe), { file, keys, observe });
}

/** Opens a file of a dialect that is known, or says why not. The one place where a bad file becomes a rejection. */
export async function openAs(
  dialectFor: () => Dialect,
  { file, keys, observe }: { file: UploadedFile; keys: Keys; observe?: Observe | undefined },
): Promise<ReadFile> {
  try {
    const dialect = dialectFor();
    const request = await dialect.open(file, keys, observe);
    return { ok: true, opened: { dialect, request, requestKey: requestKeyOf(request) } };
  } catch (error) {
    if (error instanceof DialectError) return { ok: false, rejection: error.rejection };
    throw error;
  }
}

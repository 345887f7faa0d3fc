import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { UploadedFile } from '../dialect';
import { DialectError } from '../dialect';

type Kind = DeviceRequest['kind'];

/** The names that applications write, and what browsers and mail programs make of the second file of a name. */
const NAMES = /^(?:ls_)?(activation|deactivation|activate_offline|deactivate_offline)(?:[ _-]?\(?\d{1,3}\)?)?\.req(?:\.txt)?$/i;

function kindOfName(name: string | null): Kind | null {
  const [, stem] = NAMES.exec(name?.trim() ?? '') ?? [];
  if (stem === undefined) return null;
  return stem.toLowerCase().startsWith('de') ? 'deactivation' : 'activation';
}

/**
 * What a file asks for: as it says itself, else as its name says, else as its bringer answered. Never a guess, since a wrong one takes or
 * frees a seat. Version 2 has to say it itself, under its signature: a name is changed by anybody. An application that calls says it by the
 * address.
 *
 * @throws DialectError file-kind-unsigned, file-kind-unclear, file-kind-differs when the bringer asked for another than file or name say
 */
export function detectKind(
  file: Pick<UploadedFile, 'name' | 'kindAsked' | 'calledFor'>,
  { said, schema }: { said: Kind | null; schema: 1 | 2 },
): Kind {
  if (schema === 2 && said === null && file.calledFor === undefined) throw new DialectError(reject('file-kind-unsigned'));
  const found = said ?? kindOfName(file.name);
  const asked = file.calledFor ?? file.kindAsked ?? null;
  const kind = found ?? asked;
  if (kind === null) throw new DialectError(reject('file-kind-unclear'));
  if (asked !== null && asked !== kind) throw new DialectError(reject('file-kind-differs', { found: kind, asked }));
  return kind;
}

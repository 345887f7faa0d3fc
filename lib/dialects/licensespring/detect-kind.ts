import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { UploadedFile } from '../dialect';
import { DialectError } from '../dialect';

type Kind = DeviceRequest['kind'];

/** File names as applications write them, and as browsers and mail programs change them for a second file. */
const NAMES = /^(?:ls_)?(activation|deactivation|activate_offline|deactivate_offline)(?:[ _-]?\(?\d{1,3}\)?)?\.req(?:\.txt)?$/i;

function kindOfName(name: string | null): Kind | null {
  const [, stem] = NAMES.exec(name?.trim() ?? '') ?? [];
  if (stem === undefined) return null;
  return stem.toLowerCase().startsWith('de') ? 'deactivation' : 'activation';
}

/**
 * Detects the kind of a request: stated in the file, else by its name, else by the submitter. Never a guess, since a wrong kind takes or frees a
 * seat. Version 2 has to state it under its signature, because anybody can change a name. A call states it by its address.
 *
 * @throws DialectError file-kind-unsigned, file-kind-unclear, file-kind-differs when the submitter states another kind than file or name
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

import type { FileProof, Scope } from '@/db/scope';
import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import type { Actor } from '../actor';
import { scopeOf } from '../actor';
import type { Keys } from '../keys/keyring';
import type { OpenedFile } from './open-file';

/**
 * The rows an actor may touch on behalf of an opened file: their own, or for a guest or an application what the file proves, made of its
 * verified content only and never of anything typed or remembered.
 */
export async function scopeOfFile(
  actor: Actor,
  { opened, keys }: { opened: Pick<OpenedFile, 'request' | 'requestKey'>; keys: Keys },
): Promise<Scope> {
  if (actor.role !== 'guest' && actor.role !== 'application') return scopeOf(actor);
  const { request, requestKey } = opened;
  const bearer = actor.role === 'guest' ? 'visitor' : 'application';
  return { kind: 'file', requestKey, proof: await proofOf(request, keys), bearer };
}

async function proofOf(request: DeviceRequest, keys: Keys): Promise<FileProof> {
  switch (request.kind) {
    case 'activation':
      return { kind: 'code', digest: await keys.digestCode(request.activationCode, request.codeKind) };
    case 'deactivation':
      return { kind: 'key', dialect: request.dialect, deviceKey: request.deviceKey, activationId: request.activationId };
  }
}

import { sealBundle, sealReply } from '../seal';
import { issuerOfVectors, readableVault } from './read-vectors';
import { sampleReply, sampleReplyForUser } from './sample-replies';
import type { ReplyVector, VectorKeys } from './vector';

/** An answer of every form that the portal writes. The signatures come out the same every time. */
export async function makeReplies(keys: VectorKeys): Promise<ReplyVector[]> {
  const sealing = { licenseSpring: async () => issuerOfVectors(keys), vault: readableVault };
  const [byKey, byUser] = [sampleReply(keys), sampleReplyForUser(keys)];
  const refresh = { kind: 'refresh', inResponseTo: null } as const;
  const made = [
    { name: 'activation, licence key', rule: 'activation', sealed: await sealReply(byKey, sealing) },
    { name: 'activation, user', rule: 'activation', sealed: await sealReply(byUser, sealing) },
    { name: 'refresh, licence key', rule: 'refresh', sealed: await sealReply({ ...byKey, ...refresh }, sealing) },
    { name: 'refresh, user', rule: 'refresh', sealed: await sealReply({ ...byUser, ...refresh }, sealing) },
    { name: 'bundle', rule: 'bundle', sealed: await sealBundle([byKey, byUser], sealing) },
  ] as const;
  return made.map(({ name, rule, sealed }) => ({ name, rule, file_name: sealed.fileName, file: sealed.text }));
}

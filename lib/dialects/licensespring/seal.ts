import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import { signBundle } from './sign-reply';
import type { SealingKeys } from './write-reply';
import { signingOf, writeReply } from './write-reply';

/** The file name that applications look for. */
const FILE_NAMES: Readonly<Record<Reply['kind'], string>> = {
  'activation-response': 'ls_activation.lic',
  refresh: 'license_refresh.lic',
};

function encode(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString('base64');
}

/** Signs an answer and writes it as one line of base64. @throws ZodError when the reply does not fit the format */
export async function sealReply(reply: Reply, keys: SealingKeys): Promise<SealedFile> {
  return { fileName: FILE_NAMES[reply.kind], text: encode(await writeReply(reply, keys)) };
}

/** Signs the answers of all licences of a bundle, each as it would be alone and then all as one, and writes them as one file. */
export async function sealBundle(replies: readonly Reply[], keys: SealingKeys): Promise<SealedFile> {
  const licenses = await Promise.all(replies.map((reply) => writeReply(reply, keys)));
  const { privateKey } = await keys.licenseSpring();
  return {
    fileName: FILE_NAMES['activation-response'],
    text: encode(await signBundle(licenses, { privateKey, signing: signingOf(keys) })),
  };
}

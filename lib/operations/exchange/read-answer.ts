import { readReply } from '@/db/exchange/read-exchange';
import type { Scope } from '@/db/scope';
import type { ActingContext } from '../context';

/** The file that an exchange handed out, byte for byte as it was made. Null when it handed out none, or none that the scope may see. */
export async function readAnswer(
  context: ActingContext,
  wanted: { scope: Scope; exchangeId: string },
): Promise<{ readonly name: string; readonly text: string } | null> {
  const kept = await readReply(context.db, wanted);
  if (kept === null) return null;
  const { files } = await context.keyring.current();
  return { name: kept.name, text: new TextDecoder().decode(await files.open(kept.sealed)) };
}

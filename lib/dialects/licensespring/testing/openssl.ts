import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs openssl over files that hold these contents: an independent program that shares no code with the portal. */
function openssl(contents: Readonly<Record<string, string | Uint8Array>>, command: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  try {
    for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, name), content);
    return execFileSync('openssl', command, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** HMAC-SHA-256 as openssl makes it. */
export function hmacByOpenssl(secret: string, text: string): Buffer {
  const key = Buffer.from(secret, 'utf8').toString('hex');
  return openssl({ text }, ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${key}`, '-binary', 'text']);
}

/** Whether openssl takes a base64 RSA signature over a text. */
export function isSignedForOpenssl(publicPem: string, text: string, signature: string): boolean {
  const contents = { text, 'public.pem': publicPem, signature: Buffer.from(signature, 'base64') };
  try {
    return (
      openssl(contents, ['dgst', '-sha256', '-verify', 'public.pem', '-signature', 'signature', 'text']).toString() ===
      'Verified OK\n'
    );
  } catch {
    return false;
  }
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignatureAlgorithm } from '../scheme';

/** Runs the openssl command in a folder of its own, with the given files in it; null when it refuses. */
function openssl(args: readonly string[], files: Readonly<Record<string, string | Uint8Array>>): Buffer | null {
  const folder = mkdtempSync(join(tmpdir(), 'airgate-openssl-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    // Refused: the command ran and said no. Anything else is a fault of the test.
    if (error instanceof Error && 'status' in error && error.status === 1) return null;
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const DIGEST = ['dgst', '-sha256', '-verify', 'key.pem', '-signature', 'signature'];
const HOW: Readonly<Record<SignatureAlgorithm, readonly string[]>> = {
  ed25519: ['pkeyutl', '-verify', '-pubin', '-inkey', 'key.pem', '-rawin', '-in', 'data', '-sigfile', 'signature'],
  'rsa-pss-sha256': [
    ...DIGEST,
    '-sigopt',
    'rsa_padding_mode:pss',
    '-sigopt',
    'rsa_pss_saltlen:222',
    '-sigopt',
    'rsa_mgf1_md:sha256',
    'data',
  ],
  'rsa-sha256': [...DIGEST, 'data'],
  'ecdsa-p256': [...DIGEST, 'data'],
};

/** Whether the openssl command says that the signature is good. */
export function isGoodSignature(input: {
  algorithm: SignatureAlgorithm;
  publicPem: string;
  data: string | Uint8Array;
  signature: Uint8Array;
}): boolean {
  const { algorithm, publicPem, data, signature } = input;
  return openssl(HOW[algorithm], { 'key.pem': publicPem, data, signature }) !== null;
}

/** What the public key makes of a block that the private key was applied to, with padding of type 1. */
export function recoverBlock(publicPem: string, block: Uint8Array): Buffer | null {
  const padding = ['-pkeyopt', 'rsa_padding_mode:pkcs1'];
  return openssl(['pkeyutl', '-verifyrecover', '-pubin', '-inkey', 'key.pem', '-in', 'block', ...padding], {
    'key.pem': publicPem,
    block,
  });
}

/** AES-256 in counter mode: what GCM encrypts with, from counter 2 on; its tag is encrypted with counter 1. */
export function counterMode(input: { secret: Uint8Array; nonce: Uint8Array; counter: number; data: Uint8Array }): Buffer {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(input.counter);
  const iv = Buffer.concat([input.nonce, counter]).toString('hex');
  const key = Buffer.from(input.secret).toString('hex');
  const args = ['enc', '-d', '-aes-256-ctr', '-K', key, '-iv', iv, '-in', 'data'];
  return openssl(args, { data: input.data }) ?? Buffer.alloc(0);
}

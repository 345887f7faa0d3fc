import { rmSync } from 'node:fs';
import type { OperationContext } from '@/lib/operations/context';
import { showKeygenPublic } from '@/lib/operations/keygen/manage-issuers';
import { initVendor } from '@/lib/operations/keys/init-vendor';
import { exportVendor } from '@/lib/operations/keys/list-keys';
import type { Result } from '@/lib/operations/operation';
import { done, perform } from '@/lib/operations/operation';
import { generateSigningKeyPair } from '@/lib/signing/key-pair';
import type { Command } from '../command-line/command';
import { UsageError } from '../command-line/command';
import { writeNewFile } from '../command-line/write-new-file';

const initCommand: Command = {
  name: 'vendor init',
  summary: 'Make the vendor of this installation, and its keys.',
  options: {
    name: { type: 'string', value: 'NAME', required: true, help: 'Name that customers see.' },
    support: { type: 'string', value: 'CONTACT', required: true, help: 'Where customers ask for help: an address or a link.' },
    'root-key-out': {
      type: 'string',
      value: 'FILE',
      required: true,
      help: 'New file for the private root key. Keep it offline; it is stored nowhere else.',
    },
    accent: { type: 'string', value: '#RRGGBB', help: 'Colour of the vendor (default #0f6b5c).' },
    curve: { type: 'string', value: 'NAME', help: 'Ed25519 (default), or P-256 where hardware or rules ask for it.' },
  },
  plan(typed) {
    const file = typed.text('root-key-out') ?? '';
    const curve = typed.text('curve') ?? 'Ed25519';
    if (curve !== 'Ed25519' && curve !== 'P-256') throw new UsageError(`expected Ed25519 or P-256 for --curve, found ${curve}`);
    return async (context) => {
      // On disk before the database knows of it: a root key must not be lost between here and there.
      const { kid, privateJwk } = await generateSigningKeyPair(curve);
      writeNewFile(file, { text: `${JSON.stringify({ ...privateJwk, kid }, null, 2)}\n`, mode: 0o600 });
      const input = {
        name: typed.text('name'),
        supportContact: typed.text('support'),
        accent: typed.text('accent') ?? '#0f6b5c',
        rootPrivateJwk: privateJwk,
      };
      const result = await perform(initVendor, input, context);
      if (!result.ok) {
        rmSync(file);
        return result;
      }
      return done({
        json: { ...result.value, rootKeyFile: file },
        lines: [
          `Made the vendor ${result.value.name} (${result.value.id}).`,
          `The private root key is in ${file}, and nowhere else. Move it offline, and keep a copy.`,
          'Next: vendor export --out vendor.json writes what devices are built with.',
        ],
      });
    };
  },
};

/** What software of each dialect is built with. */
const EXPORTS: Readonly<Record<string, (context: OperationContext) => Promise<Result<object>>>> = {
  native: (context) => perform(exportVendor, {}, context),
  keygen: (context) => perform(showKeygenPublic, {}, context),
};

const exportCommand: Command = {
  name: 'vendor export',
  summary: 'Write what a device is built with: vendor id and public keys.',
  options: {
    dialect: { type: 'string', value: 'NAME', help: `For which software: ${Object.keys(EXPORTS).join(', ')} (default native).` },
    out: { type: 'string', value: 'FILE', help: 'New file; printed when left out.' },
  },
  plan(typed) {
    const dialect = typed.text('dialect') ?? 'native';
    const read = Object.hasOwn(EXPORTS, dialect) ? EXPORTS[dialect] : undefined;
    if (read === undefined) throw new UsageError(`expected ${Object.keys(EXPORTS).join(' or ')} for --dialect, found ${dialect}`);
    return async (context) => {
      const result = await read(context);
      if (!result.ok) return result;
      const text = `${JSON.stringify(result.value, null, 2)}\n`;
      const file = typed.text('out');
      if (file === undefined) return done({ json: { ...result.value }, lines: [text.trimEnd()] });
      writeNewFile(file, { text, mode: 0o644 });
      return done({
        json: { ...result.value, file },
        lines: [`Wrote ${file}. Devices are built with it; nothing in it is secret.`],
      });
    };
  },
};

export const vendorCommands: readonly Command[] = [initCommand, exportCommand];

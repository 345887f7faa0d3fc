import { rmSync } from 'node:fs';
import { UsageError } from '@/lib/command-line/command';
import { writeNewFile } from '@/lib/command-line/named-files';
import { oneOf } from '@/lib/command-line/readers';
import { initVendor } from '@/lib/operations/keys/init-vendor';
import { done, perform } from '@/lib/operations/operation';
import { generateSigningKeyPair } from '@/lib/signing/key-pair';
import { VENDOR_EXPORTS } from '../dialects/dialect-commands';
import type { OperatorCommand } from './perform-command';
import { planning } from './perform-command';

const initCommand = planning({
  words: 'vendor init',
  summary: 'Make the vendor of this installation, and its keys.',
  example: '--name "Your Company" --support licences@your-company.example --root-key-out root.jwk',
  options: {
    name: { flags: '--name NAME', isRequired: true, help: 'Name that customers see.' },
    supportContact: { flags: '--support CONTACT', isRequired: true, help: 'Where customers ask for help: an address or a link.' },
    file: {
      flags: '--root-key-out FILE',
      isRequired: true,
      help: 'New file for the private root key. Keep it offline; it is stored nowhere else.',
    },
    accent: { flags: '--accent #RRGGBB', help: 'Colour of the vendor.', fallback: '#0f6b5c' },
    curve: {
      flags: '--curve NAME',
      reader: oneOf(['Ed25519', 'P-256']),
      help: 'Ed25519, or P-256 where hardware or rules ask for it.',
      fallback: 'Ed25519',
    },
  },
  plan({ file, curve = 'Ed25519', accent = '#0f6b5c', name, supportContact }) {
    return async (context) => {
      // On disk before the database is written: a crash in between must not lose the root key.
      const { kid, privateJwk } = await generateSigningKeyPair(curve);
      writeNewFile(file, { text: `${JSON.stringify({ ...privateJwk, kid }, null, 2)}\n`, mode: 0o600 });
      const input = { name, supportContact, accent, rootPrivateJwk: privateJwk };
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
});

const EXPORTED = [...VENDOR_EXPORTS.keys()];

const exportCommand = planning({
  words: 'vendor export',
  summary: 'Write what a device is built with: vendor id and public keys.',
  example: '--out vendor.json',
  options: {
    dialect: {
      flags: '--dialect NAME',
      reader: oneOf(EXPORTED),
      help: `For which software: ${EXPORTED.join(', ')}.`,
      fallback: 'native',
    },
    file: { flags: '--out FILE', help: 'New file; printed when left out.' },
  },
  plan({ dialect = 'native', file }) {
    const read = VENDOR_EXPORTS.get(dialect);
    if (read === undefined) throw new UsageError(`expected ${EXPORTED.join(' or ')} for --dialect, found ${dialect}`);
    return async (context) => {
      const result = await read(context);
      if (!result.ok) return result;
      const text = `${JSON.stringify(result.value, null, 2)}\n`;
      if (file === undefined) return done({ json: { ...result.value }, lines: [text.trimEnd()] });
      writeNewFile(file, { text, mode: 0o644 });
      return done({
        json: { ...result.value, file },
        lines: [`Wrote ${file}. Devices are built with it; nothing in it is secret.`],
      });
    };
  },
});

export const vendorCommands: readonly OperatorCommand[] = [initCommand, exportCommand];

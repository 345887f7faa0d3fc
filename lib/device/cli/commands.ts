import { access, constants } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Command, Options, Reader, Values } from '@/lib/command-line/command';
import { command, UsageError } from '@/lib/command-line/command';
import { readNamedFile } from '@/lib/command-line/named-files';
import { pair } from '@/lib/command-line/readers';
import type { VendorFile } from '@/lib/dialects/native/vendor-file';
import { vendorFile } from '@/lib/dialects/native/vendor-file';
import { isActivationCode, normaliseActivationCode } from '@/lib/signing/activation-code';
import type { Machine } from '../device';
import { fileStore } from '../file-store';
import type { OfflineDevice } from '../index';
import { openDevice } from '../index';
import { readComponents } from '../read-components';
import { writeDurably } from '../write-durably';
import type { Answer } from './answer';
import { describeLicence, formatLicence, refusal } from './answer';

const READABLE_BY_ALL = 0o644;

/** A parsed call. `isTest`: components and clock set by hand are allowed. */
export type Call = (isTest: boolean) => Promise<Answer>;

const instant: Reader<Date> = {
  expects: 'an instant such as 2026-09-21T14:13:20Z',
  read(text) {
    const at = new Date(text);
    const isInstant = /^\d{4}-\d{2}-\d{2}(T.*(Z|[+-]\d{2}:\d{2}))?$/.test(text);
    return isInstant && at.getTime() >= 0 ? at : undefined;
  },
};

const someText: Reader<string> = { expects: 'some text', read: (text) => (text === '' ? undefined : text) };

function required<const Flags extends string>(flags: Flags, help: string) {
  return { flags, help, isRequired: true, reader: someText } as const;
}

/** Options of every command. */
const ON_A_MACHINE = {
  state: required('--state DIR', 'Where the software keeps what it knows of its licence.'),
  components: {
    flags: '--component NAME=VALUE',
    isRepeated: true,
    reader: pair('NAME=VALUE', /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/),
    help: 'For tests: what the machine is known by, instead of what is read from it. In a request it stays set for further calls on this machine; elsewhere it counts for this run.',
  },
  now: { flags: '--now INSTANT', reader: instant, help: 'For tests: what the clock shows, such as 2026-09-21T14:13:20Z.' },
} as const satisfies Options;

/** Opens the device. Outside tests it refuses components and clock set by hand: such a licence would run anywhere and for ever. @throws UsageError */
function openMachine({ state, components, now }: Values<typeof ON_A_MACHINE>, isTest: boolean): OfflineDevice {
  const forTests = components.length > 0 ? '--component' : '--now';
  if (!isTest && (components.length > 0 || now !== undefined))
    throw new UsageError(`expected no ${forTests}, which is for tests only, where AIRGATE_DEVICE_TEST is off`);
  const machine: Machine = {
    store: fileStore(state),
    clock: now === undefined ? { now: () => new Date(), followsFileTimes: true } : { now: () => now, followsFileTimes: false },
    readComponents,
    ...(isTest ? { test: { components: components.length === 0 ? null : Object.fromEntries(components) } } : {}),
  };
  return openDevice(machine);
}

/** Checks that the file can be written before keys are deleted: the proof must not get lost. @throws UsageError */
async function checkOut(out: string): Promise<void> {
  try {
    await access(dirname(resolve(out)), constants.W_OK);
  } catch (cause) {
    throw new UsageError(`expected --out in a folder that can be written to, found ${out}`, { cause });
  }
}

function readVendorFile(path: string): VendorFile {
  const text = new TextDecoder().decode(readNamedFile(path));
  try {
    return vendorFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new UsageError(`expected a vendor file as the portal exports it, found ${path}`, { cause });
  }
}

/** Warns of a typing error in a code of the portal's own form, which would cost a trip to the portal. */
function warnOfTypingError(code: string): string[] {
  const looksLikeOurs = /^[0-9A-Z]{20}$/.test(normaliseActivationCode(code));
  return looksLikeOurs && !isActivationCode(code) ? ['Please check the activation code: it looks mistyped.'] : [];
}

const requestCommand = command({
  words: 'request',
  summary: 'Write an activation request.',
  example:
    '--state /tmp/my-press --vendor vendor.json --product press-control --code 7KQ2M-XW9PD-4HTRB-YCV6N --name "Press 7" --out "Press 7.activation-request"',
  options: {
    ...ON_A_MACHINE,
    vendor: required('--vendor FILE', 'The vendor.json that the software is built with.'),
    product: required('--product CODE', 'The product.'),
    code: required('--code CODE', 'The activation code.'),
    name: required('--name NAME', 'How people know the machine.'),
    out: required('--out FILE', 'The request, which is carried to the portal.'),
    entitlement: { flags: '--entitlement ID', help: 'Which one it is, for a code that covers several.' },
    lease: { flags: '--lease DURATION', help: 'Ask for a lease of this length, such as P30D.' },
  },
  plan:
    (typed): Call =>
    async (isTest) => {
      const { vendor, product, code, name, out, entitlement, lease } = typed;
      const device = openMachine(typed, isTest);
      await checkOut(out);
      const written = await device.request({
        vendor: readVendorFile(vendor),
        productCode: product,
        activationCode: code,
        deviceName: name,
        platform: `${platform()}-${arch()}`,
        ...(entitlement === undefined ? {} : { entitlementId: entitlement }),
        ...(lease === undefined ? {} : { requestedLease: lease }),
      });
      await writeDurably(out, written.text, READABLE_BY_ALL);
      const warning = warnOfTypingError(code);
      return {
        exitStatus: 0,
        lines: [`Wrote ${out}. Upload it to the portal, then apply the answer here.`, ...warning],
        json: {
          ok: true,
          file: out,
          requestId: written.requestId,
          fileName: written.fileName,
          codeLooksMistyped: warning.length > 0,
        },
      };
    },
});

const applyCommand = command({
  words: 'apply',
  summary: 'Apply the answer of the portal.',
  example: '"Press 7.activation-response" --state /tmp/my-press',
  options: { file: { flags: 'FILE', help: 'The answer.' }, ...ON_A_MACHINE },
  plan:
    (typed): Call =>
    async (isTest) => {
      const device = openMachine(typed, isTest);
      const applied = await device.apply({ name: typed.file, bytes: readNamedFile(typed.file) });
      if (!applied.ok) return refusal(applied.rejection);
      const { reply } = applied;
      return {
        exitStatus: 0,
        lines: ['Activated.', formatLicence(reply)],
        json: { ok: true, kind: reply.kind, ...describeLicence(reply) },
      };
    },
});

const statusCommand = command({
  words: 'status',
  summary: 'Say whether the software may run.',
  example: '--state /tmp/my-press',
  options: ON_A_MACHINE,
  plan:
    (typed): Call =>
    async (isTest) => {
      const found = await openMachine(typed, isTest).status();
      const { state, pendingRequestId, reply } = found;
      const licence = reply === null ? {} : describeLicence(reply);
      if (!found.mayRun) return refusal(found.rejection, { state, mayRun: false, pendingRequestId, ...licence });
      return {
        exitStatus: 0,
        lines: [state === 'grace' ? 'The lease has ended; it runs on in grace.' : 'Active.', formatLicence(found.reply)],
        json: { ok: true, state, mayRun: true, pendingRequestId, ...licence },
      };
    },
});

const deactivateCommand = command({
  words: 'deactivate',
  summary: 'Stop running here, and write the proof that gives the seat back.',
  example: '--state /tmp/my-press --out "Press 7.deactivation"',
  options: {
    ...ON_A_MACHINE,
    out: required('--out FILE', 'The proof, which is carried to the portal.'),
    reason: { flags: '--reason TEXT', help: 'Why, for the vendor.' },
  },
  plan:
    (typed): Call =>
    async (isTest) => {
      const { out, reason } = typed;
      const device = openMachine(typed, isTest);
      await checkOut(out);
      const done = await device.deactivate(reason === undefined ? {} : { reason });
      if (!done.ok) return refusal(done.rejection);
      await writeDurably(out, done.text, READABLE_BY_ALL);
      return {
        exitStatus: 0,
        lines: [`Deactivated. Wrote ${out}: upload it to the portal to free the seat.`],
        json: { ok: true, file: out, activationId: done.activationId, fileName: done.fileName },
      };
    },
});

export const COMMANDS: readonly Command<Call>[] = [requestCommand, applyCommand, statusCommand, deactivateCommand];

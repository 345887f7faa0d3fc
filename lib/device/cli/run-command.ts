import { access, constants, readFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, resolve } from 'node:path';
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
import { describeLicence, refusal, renderLicence } from './answer';
import type { Call } from './read-call';
import { UsageError } from './usage';

const READABLE_BY_ALL = 0o644;

function machineOf(call: Call): Machine {
  const { now, components, isTest } = call;
  return {
    store: fileStore(call.need('state')),
    clock: now === null ? { now: () => new Date(), followsFileTimes: true } : { now: () => now, followsFileTimes: false },
    readComponents,
    ...(isTest ? { test: { components } } : {}),
  };
}

async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new UsageError(`expected a file that can be read, found ${path}`, { cause });
  }
}

/** Looks before anything is done: a proof should not find its stick missing after the keys are gone. */
async function readOut(call: Call): Promise<string> {
  const out = call.need('out');
  try {
    await access(dirname(resolve(out)), constants.W_OK);
  } catch (cause) {
    throw new UsageError(`expected --out in a folder that can be written to, found ${out}`, { cause });
  }
  return out;
}

async function readVendorFile(path: string): Promise<VendorFile> {
  const text = new TextDecoder().decode(await readInput(path));
  try {
    return vendorFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new UsageError(`expected a vendor file as the portal exports it, found ${path}`, { cause });
  }
}

/** A slip in a code of our own form would cost a trip to the portal; other codes are for the vendor to know. */
function warnOfSlip(code: string): string {
  const looksLikeOurs = /^[0-9A-Z]{20}$/.test(normaliseActivationCode(code));
  return looksLikeOurs && !isActivationCode(code) ? '\nPlease check the activation code: it looks mistyped.' : '';
}

async function request(call: Call, device: OfflineDevice): Promise<Answer> {
  const out = await readOut(call);
  const code = call.need('code');
  const [entitlementId, requestedLease] = [call.get('entitlement'), call.get('lease')];
  const written = await device.request({
    vendor: await readVendorFile(call.need('vendor')),
    productCode: call.need('product'),
    activationCode: code,
    deviceName: call.need('name'),
    platform: `${platform()}-${arch()}`,
    ...(entitlementId === undefined ? {} : { entitlementId }),
    ...(requestedLease === undefined ? {} : { requestedLease }),
  });
  await writeDurably(out, written.text, READABLE_BY_ALL);
  const warning = warnOfSlip(code);
  return {
    exitCode: 0,
    text: `Wrote ${out}. Upload it to the portal, then apply the answer here.${warning}`,
    json: { ok: true, file: out, requestId: written.requestId, fileName: written.fileName, codeLooksMistyped: warning !== '' },
  };
}

async function apply(call: Call, device: OfflineDevice): Promise<Answer> {
  const path = call.file ?? '';
  const applied = await device.apply({ name: path, bytes: await readInput(path) });
  if (!applied.ok) return refusal(applied.rejection);
  const { reply } = applied;
  return {
    exitCode: 0,
    text: `Activated.\n${renderLicence(reply)}`,
    json: { ok: true, kind: reply.kind, ...describeLicence(reply) },
  };
}

async function status(_call: Call, device: OfflineDevice): Promise<Answer> {
  const found = await device.status();
  const { state, pendingRequestId, reply } = found;
  const licence = reply === null ? {} : describeLicence(reply);
  if (!found.mayRun) return refusal(found.rejection, { state, mayRun: false, pendingRequestId, ...licence });
  const text = `${state === 'grace' ? 'The lease has ended; it runs on in grace.' : 'Active.'}\n${renderLicence(found.reply)}`;
  return { exitCode: 0, text, json: { ok: true, state, mayRun: true, pendingRequestId, ...licence } };
}

async function deactivate(call: Call, device: OfflineDevice): Promise<Answer> {
  const out = await readOut(call);
  const reason = call.get('reason');
  const done = await device.deactivate(reason === undefined ? {} : { reason });
  if (!done.ok) return refusal(done.rejection);
  await writeDurably(out, done.text, READABLE_BY_ALL);
  return {
    exitCode: 0,
    text: `Deactivated. Wrote ${out}: upload it to the portal to free the seat.`,
    json: { ok: true, file: out, activationId: done.activationId, fileName: done.fileName },
  };
}

const COMMANDS: Readonly<Record<string, (call: Call, device: OfflineDevice) => Promise<Answer>>> = {
  request,
  apply,
  status,
  deactivate,
};

/** Carries out one call. @throws UsageError, ZodError for input that does not fit the format, and whatever a broken machine throws */
export async function runCommand(call: Call): Promise<Answer> {
  const command = COMMANDS[call.command];
  if (command === undefined) throw new UsageError(`expected a command, found ${call.command}`);
  return command(call, openDevice(machineOf(call)));
}

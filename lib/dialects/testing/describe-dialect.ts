import { describe, expect, test } from 'vitest';
import type { DeviceRequest } from '@/lib/licensing/exchange/request';
import type { RejectionCode } from '@/lib/licensing/refusals/rejection';
import type { DialectOutline, Observe, UploadedFile } from '../dialect';
import { DialectError } from '../dialect';

/** A dialect that opens files with keys of its own kind. */
interface Opening<Keys> extends Pick<DialectOutline, 'id' | 'checks' | 'detect'> {
  open(file: UploadedFile, keys: Keys, observe?: Observe): Promise<DeviceRequest>;
}

/** The files and keys of a dialect for the suite that all dialects pass. */
export interface DialectUnderTest<Keys> {
  readonly dialect: Opening<Keys>;
  /** A good file of each kind that devices write, with keys that open it. */
  makeFiles(): Promise<readonly { readonly kind: DeviceRequest['kind']; readonly text: string; readonly keys: Keys }[]>;
  /** Keys that know the same names, with other keys behind them. */
  makeWrongKeys(): Promise<Keys>;
  /** What such keys are refused with. */
  readonly notAuthentic?: RejectionCode;
  /** True where the format signs only the code in a file: a changed byte may then make another request, of the same code. */
  readonly signsCodeOnly?: true;
}

function fileOf(content: string | Uint8Array): UploadedFile {
  return { name: null, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content };
}

/** Opens a file: the request, or the code of the refusal. Any other error is a fault and fails the test. */
async function opening<Keys>(dialect: Opening<Keys>, file: UploadedFile, keys: Keys): Promise<DeviceRequest | string> {
  try {
    return await dialect.open(file, keys);
  } catch (error) {
    if (error instanceof DialectError) return error.rejection.code;
    throw error;
  }
}

const FLIPS = [0x01, 0x20, 0x80];
const isWhiteSpace = (byte: number) => [0x09, 0x0a, 0x0d, 0x20].includes(byte);

/** A refusal for any byte; for white space, which may become other white space, also the very same request. */
function allowed(byte: number, outcome: unknown, original: DeviceRequest): unknown {
  return isWhiteSpace(byte) && typeof outcome !== 'string' ? original : expect.any(String);
}

function expected(of: { byte: number; outcome: unknown; original: DeviceRequest; signsCodeOnly: boolean }): unknown {
  if (of.signsCodeOnly && typeof of.outcome !== 'string') return anotherOf(of.original);
  return allowed(of.byte, of.outcome, of.original);
}

/** Another request of the same code. */
function anotherOf(original: DeviceRequest): unknown {
  const code = original.kind === 'activation' ? { activationCode: original.activationCode } : {};
  return expect.objectContaining({ ...code, payloadDigest: expect.not.stringMatching(`^${original.payloadDigest}$`) });
}

/** The promises every dialect keeps. */
export function describeDialect<Keys>(tested: DialectUnderTest<Keys>): void {
  const { dialect, makeFiles, makeWrongKeys, notAuthentic = 'token-not-authentic', signsCodeOnly = false } = tested;
  const refusals = new RegExp(`^(file|token|${dialect.id})-`);
  describe(`the ${dialect.id} dialect`, () => {
    test('recognises and opens what its devices write, the same every time', async () => {
      for (const { kind, text, keys } of await makeFiles()) {
        expect(dialect.detect(text)).toBe(true);
        const opened = await dialect.open(fileOf(text), keys);
        expect(opened).toMatchObject({ kind, dialect: dialect.id });
        expect(await dialect.open(fileOf(text), keys)).toEqual(opened);
      }
    });

    test('refuses the file when any byte of it is another, unless it was white space and says the same', async () => {
      for (const { text, keys } of await makeFiles()) {
        const original = await dialect.open(fileOf(text), keys);
        const bytes = new TextEncoder().encode(text);
        for (const [index, byte] of bytes.entries()) {
          const changed = bytes.with(index, byte ^ (FLIPS[index % FLIPS.length] ?? 1));
          const outcome = await opening(dialect, fileOf(changed), keys);
          expect(outcome, `byte ${index} changed from ${byte} to ${changed[index]}`).toEqual(
            expected({ byte, outcome, original, signsCodeOnly }),
          );
        }
      }
    });

    test('refuses a file that is cut at any tenth of its length', async () => {
      for (const { text, keys } of await makeFiles()) {
        for (let tenth = 0; tenth < 10; tenth += 1) {
          const cut = text.slice(0, Math.floor((text.length * tenth) / 10));
          expect(await opening(dialect, fileOf(cut), keys)).toMatch(refusals);
        }
      }
    });

    test('refuses leftovers between the lines of the body', async () => {
      for (const { text, keys } of await makeFiles()) {
        const lines = text.split('\n');
        for (const leftover of ['see you tomorrow!', 'AAAA', '{}']) {
          const spoiled = lines.toSpliced(lines.length - 3, 0, leftover).join('\n');
          expect(await opening(dialect, fileOf(spoiled), keys)).toMatch(refusals);
        }
      }
    });

    test('refuses keys that do not belong to the file', async () => {
      const wrong = await makeWrongKeys();
      for (const { text } of await makeFiles()) expect(await opening(dialect, fileOf(text), wrong)).toBe(notAuthentic);
    });

    test('tells of the checks a file passes, in their order: of a good file all, of a refused one those before', async () => {
      const ids = dialect.checks.map(({ id }) => id);
      const wrong = await makeWrongKeys();
      for (const { text, keys } of await makeFiles()) {
        const passed: string[] = [];
        await dialect.open(fileOf(text), keys, (check) => passed.push(check));
        expect(passed).toEqual(ids);
        const before: string[] = [];
        await expect(dialect.open(fileOf(text), wrong, (check) => before.push(check))).rejects.toThrow(DialectError);
        expect(before).toEqual(ids.slice(0, before.length));
        expect(before.length).toBeLessThan(ids.length);
      }
    });

    test('shows nobody who looks into a file a whole activation code', async () => {
      for (const { text, keys } of await makeFiles()) {
        const learnt: unknown[] = [];
        const request = await dialect.open(fileOf(text), keys, (_, members) => learnt.push(members));
        expect(learnt.filter((members) => members !== undefined)).not.toEqual([]);
        if (request.kind === 'activation') expect(JSON.stringify(learnt)).not.toContain(request.activationCode);
      }
    });

    test('refuses a file that is too large, also when it begins well', async () => {
      for (const { text, keys } of await makeFiles()) {
        expect(await opening(dialect, fileOf(text + ' '.repeat(64 * 1024)), keys)).toBe('file-too-large');
      }
    });

    test('never throws while it only looks', () => {
      const samples = ['', 'hello', '<!doctype html>', '\uFFFD\uFFFD\0', '\0'.repeat(64 * 1024)];
      for (const sample of samples) expect(dialect.detect(sample)).toBe(false);
    });
  });
}

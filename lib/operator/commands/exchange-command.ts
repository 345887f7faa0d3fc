import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { UsageError } from '@/lib/command-line/command';
import { readNamedFile } from '@/lib/command-line/named-files';
import { oneOf } from '@/lib/command-line/readers';
import type { Result } from '@/lib/operations/operation';
import { done, perform } from '@/lib/operations/operation';
import { findPerson } from '@/lib/operations/people/list-people';
import type { FileOutcome } from './exchange-file';
import { exchangeFile } from './exchange-file';
import type { Answer } from './perform-command';
import { planning } from './perform-command';

/** Larger than any file that is accepted, small enough to read: a larger file was named by mistake. */
const LARGEST_READ_BYTES = 16 * 1024 * 1024;

function readRequest(path: string): { path: string; name: string; bytes: Uint8Array } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_READ_BYTES) throw new UsageError(`expected a file of a device, found ${size} bytes in ${path}`);
  return { path, name: basename(path), bytes: readNamedFile(path) };
}

function answerOf(outcomes: readonly FileOutcome[]): Result<Answer> {
  return done({
    json: { files: outcomes.map(({ json }) => json) },
    lines: outcomes.flatMap(({ json, lines }) => [`${json.file}: ${lines.join(' ')}`]),
    isRefused: outcomes.some(({ json }) => !json.ok),
  });
}

/** Answers files of devices by the operations of the browser, one file after the other. */
export const exchangeCommand = planning({
  words: 'exchange',
  summary: 'Answer files of devices, as a person would in the browser.',
  example: '"Press 7.activation-request" --as jonas@hallmann.example.com --out .',
  options: {
    files: { flags: 'FILE…', help: 'What devices wrote.' },
    as: { flags: '--as EMAIL', isRequired: true, help: 'Whose rights count, and whom the history names.' },
    out: { flags: '--out DIR', help: 'Folder for the answers (required without --preview).' },
    preview: { flags: '--preview', help: 'Only say what would happen.' },
    isAnother: {
      flags: '--another-machine',
      help: 'It is another machine than the one it looks like: it takes a seat of its own.',
    },
    kind: {
      flags: '--kind KIND',
      reader: oneOf(['activation', 'deactivation']),
      help: 'activation or deactivation, for files that do not say so themselves.',
    },
  },
  plan({ files: paths, as: email, out: folder = '', preview: isPreview, isAnother, kind: kindAsked = null }) {
    if (!isPreview && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UsageError(`expected a folder for --out, found ${folder === '' ? 'nothing' : folder}`);
    }
    const files = paths.map(readRequest);
    return async (context) => {
      const person = await perform(findPerson, { email }, context);
      if (!person.ok) return person;
      const acting = { ...context, actor: person.value, byOperator: true };
      const outcomes: FileOutcome[] = [];
      for (const file of files)
        outcomes.push(await exchangeFile(acting, { ...file, kindAsked, isAnother, folder: isPreview ? null : folder }));
      return answerOf(outcomes);
    };
  },
});

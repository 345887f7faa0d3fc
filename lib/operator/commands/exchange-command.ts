import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Result } from '@/lib/operations/operation';
import { done, perform } from '@/lib/operations/operation';
import { findPerson } from '@/lib/operations/people/list-people';
import type { Answer, Command } from '../command-line/command';
import { UsageError } from '../command-line/command';
import { readNamedFile } from '../command-line/write-new-file';
import type { FileOutcome } from './exchange-file';
import { exchangeFile } from './exchange-file';
import { given } from './terms';

/** Larger than anything that is kept, small enough to read: what is larger was named by mistake. */
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

function readKind(text: string): 'activation' | 'deactivation' {
  if (text === 'activation' || text === 'deactivation') return text;
  throw new UsageError(`expected activation or deactivation for --kind, found ${JSON.stringify(text)}`);
}

/** Answers files of devices as a person would in the browser: the same operations, one after the other, each file on its own. */
export const exchangeCommand: Command = {
  name: 'exchange',
  summary: 'Answer files of devices, as a person would in the browser.',
  positionals: 'FILE…',
  options: {
    as: { type: 'string', value: 'EMAIL', required: true, help: 'Whose rights count, and whom the history names.' },
    out: { type: 'string', value: 'DIR', help: 'Folder for the answers (required without --preview).' },
    preview: { type: 'boolean', help: 'Only say what would happen.' },
    'another-machine': {
      type: 'boolean',
      help: 'It is another machine than the one it looks like: it takes a seat of its own.',
    },
    kind: { type: 'string', value: 'KIND', help: 'activation or deactivation, for files that do not say so themselves.' },
  },
  plan(typed) {
    const isPreview = typed.flag('preview');
    const folder = typed.text('out') ?? '';
    if (!isPreview && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UsageError(`expected a folder for --out, found ${folder === '' ? 'nothing' : folder}`);
    }
    const kindAsked = given(typed.text('kind'), readKind) ?? null;
    const isAnother = typed.flag('another-machine');
    const files = typed.positionals.map(readRequest);
    return async (context) => {
      const person = await perform(findPerson, { email: typed.text('as') }, context);
      if (!person.ok) return person;
      const acting = { ...context, actor: person.value, byOperator: true };
      const outcomes: FileOutcome[] = [];
      for (const file of files)
        outcomes.push(await exchangeFile(acting, { ...file, kindAsked, isAnother, folder: isPreview ? null : folder }));
      return answerOf(outcomes);
    };
  },
};

import { listKeys } from '@/lib/operations/keys/list-keys';
import { rotateKeys } from '@/lib/operations/keys/rotate-keys';
import type { Command } from '../command-line/command';
import { UsageError } from '../command-line/command';
import { formatInstant } from '../command-line/format-table';
import { listing, performing } from '../command-line/perform-command';
import { readNamedFile } from '../command-line/write-new-file';

function readRootKey(file: string | undefined): unknown {
  if (file === undefined) return null;
  const text = Buffer.from(readNamedFile(file)).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`expected a root key in ${file}, found no JSON`, { cause: error });
  }
}

const rotateCommand = performing({
  name: 'key rotate',
  summary: 'Put new keys into use, and retire the old ones.',
  options: {
    'root-key': { type: 'string', value: 'FILE', help: 'The private root key, which certifies the new signing key.' },
    signing: { type: 'boolean', help: 'Only the key that signs answers.' },
    exchange: { type: 'boolean', help: 'Only the key that requests are encrypted to.' },
    'opens-until': {
      type: 'string',
      value: 'INSTANT',
      help: 'Until when requests to the old exchange key open (default 400 days).',
    },
  },
  operation: rotateKeys,
  input(typed) {
    const isBoth = typed.flag('signing') === typed.flag('exchange');
    const signing = isBoth || typed.flag('signing');
    if (signing && typed.text('root-key') === undefined)
      throw new UsageError('expected --root-key FILE: it certifies the new signing key');
    return {
      signing,
      exchange: isBoth || typed.flag('exchange'),
      rootPrivateJwk: signing ? readRootKey(typed.text('root-key')) : null,
      opensUntil: typed.text('opens-until'),
    };
  },
  say: ({ signingKid, exchangeKid, opensUntil }) => [
    ...(signingKid === null ? [] : [`Answers are signed with ${signingKid} from now on.`]),
    ...(exchangeKid === null
      ? []
      : [`Requests are encrypted to ${exchangeKid} from now on; devices learn it with their next answer.`]),
    ...(opensUntil === null ? [] : [`Requests to the old exchange key open until ${formatInstant(opensUntil)}.`]),
    'A portal that is running sees the new keys within ten seconds.',
  ],
});

const listCommand = listing({
  name: 'key list',
  summary: 'List the vendor’s keys.',
  operation: listKeys,
  columns: {
    key: (key) => key.kid,
    purpose: (key) => key.purpose,
    state: (key) => key.state,
    made: (key) => key.createdAt,
    retired: (key) => key.retiredAt,
    ends: (key) => key.endsAt,
  },
});

export const keyCommands: readonly Command[] = [listCommand, rotateCommand];

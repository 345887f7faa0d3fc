import { UsageError } from '@/lib/command-line/command';
import { formatInstant } from '@/lib/command-line/format-table';
import { readNamedFile } from '@/lib/command-line/named-files';
import { listKeys } from '@/lib/operations/keys/list-keys';
import { rotateKeys } from '@/lib/operations/keys/rotate-keys';
import type { OperatorCommand } from './perform-command';
import { listing, part, saying } from './perform-command';

function readRootKey(file: string): unknown {
  const text = Buffer.from(readNamedFile(file)).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`expected a root key in ${file}, found no JSON`, { cause: error });
  }
}

/** Both kinds, unless one is named; the root key is needed for the one that signs. */
const KINDS_OF_KEY = part(
  {
    rootKey: { flags: '--root-key FILE', help: 'The private root key, which certifies the new signing key.' },
    signing: { flags: '--signing', help: 'Only the key that signs answers.' },
    exchange: { flags: '--exchange', help: 'Only the key that requests are encrypted to.' },
  },
  (typed) => {
    const isBoth = typed.signing === typed.exchange;
    const [signing, exchange] = [isBoth || typed.signing, isBoth || typed.exchange];
    if (!signing) return { signing, exchange };
    if (typed.rootKey === undefined) throw new UsageError('expected --root-key FILE: it certifies the new signing key');
    return { signing, exchange, rootPrivateJwk: readRootKey(typed.rootKey) };
  },
);

const rotateCommand = saying({
  words: 'key rotate',
  summary: 'Put new keys into use, and retire the old ones.',
  example: '--root-key root.jwk',
  operation: rotateKeys,
  options: {
    opensUntil: {
      flags: '--opens-until INSTANT',
      help: 'Until when requests to the old exchange key open.',
      fallback: '400 days from now',
    },
  },
  parts: [KINDS_OF_KEY],
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
  words: 'key list',
  summary: 'List the vendor’s keys.',
  example: '',
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

export const keyCommands: readonly OperatorCommand[] = [listCommand, rotateCommand];

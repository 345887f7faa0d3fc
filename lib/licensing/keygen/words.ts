import type { DialectWords } from '../dialects/dialect-words';

/** Words for machine files, for people. */
export const KEYGEN_WORDS: DialectWords = {
  software: 'software built for Keygen',
  answer: 'machine file',
  refresh: 'machine file',
  applyIt: 'Open it in the software where it asks for a machine file.',
  activeUntil: 'the file runs out',
  newFilePage: { name: 'machine-file', label: 'Machine file…' },
  hasQr: true,
};

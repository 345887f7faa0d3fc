import type { DialectWords } from '../dialects/dialect-words';

/** What people are told of the portal's own files. */
export const NATIVE_WORDS: DialectWords = {
  software: 'software built for this portal',
  answer: 'answer',
  refresh: 'refresh',
  applyIt: 'Open it in the software: “Apply answer”, or on its command line.',
  activeUntil: 'its lease ends',
  newFilePage: null,
  hasQr: false,
};

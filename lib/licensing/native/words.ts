import type { DialectWords } from '../dialects/dialect-words';

/** Words for the portal's own files, for people. */
export const NATIVE_WORDS: DialectWords = {
  software: 'software built for this portal',
  answer: 'answer',
  refresh: 'refresh',
  applyIt: 'Open it in the software: “Apply answer”, or on its command line.',
  activeUntil: 'its lease ends',
  newFilePage: null,
  hasQr: false,
};

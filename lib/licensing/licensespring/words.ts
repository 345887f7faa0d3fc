import type { DialectWords } from '../dialects/dialect-words';

/** What people are told of files in the documented offline format. */
export const LICENSESPRING_WORDS: DialectWords = {
  software: 'software built for LicenseSpring',
  answer: 'answer',
  refresh: 'refresh',
  applyIt: 'Open it in the software: “Apply answer”, or on its command line.',
  activeUntil: 'its lease ends',
  newFilePage: null,
  hasQr: false,
};

import { normalise } from '@/lib/signing/bounded-text';
import { MAX_FILE_BYTES } from '../read-text';

const IS_ASCII = /^[ -~]*$/;

/**
 * Normalises every text in a JSON value to NFC, names included. The JSON text can be normalised as a whole: none of its structural characters
 * takes part in a composition.
 *
 * @throws RangeError for a value that no file could hold
 */
export function toNfc(value: object): unknown {
  const json = JSON.stringify(value);
  if (IS_ASCII.test(json)) return value;
  const inNfc = normalise(json, { form: 'NFC', max: MAX_FILE_BYTES });
  if (inNfc === null) throw new RangeError('expected text of less than 64 KiB with at most 30 marks upon a letter, found more');
  return JSON.parse(inNfc);
}

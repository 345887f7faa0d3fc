import { normalise } from '@/lib/signing/bounded-text';

/** File systems hold 255 at most. */
const LONGEST_NAME = 255;

/**
 * A name that no other file has, also where upper and lower case or forms of accents are the same.
 *
 * @param names keys of the names so far, with how often each was asked for; the new one is added
 */
export function uniqueName(name: string, names: Map<string, number>): string {
  const plain = name.replace(/[/\\\p{Cc}]/gu, '-').replace(/^\.+/, '_');
  const dot = plain.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot)] : [plain, ''];
  let count = names.get(nameKeyOf(plain)) ?? 0;
  let unique = plain;
  for (; names.has(nameKeyOf(unique)); count += 1) unique = `${stem} (${count + 1})${ending}`;
  names.set(nameKeyOf(plain), Math.max(count, 1));
  names.set(nameKeyOf(unique), names.get(nameKeyOf(unique)) ?? 1);
  return unique;
}

/** Equal for names that some file system takes for the same. */
export function nameKeyOf(name: string): string {
  return (normalise(name, { form: 'NFKC', max: LONGEST_NAME }) ?? name).toUpperCase().toLowerCase();
}

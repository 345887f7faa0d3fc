import { normalise } from '@/lib/signing/bounded-text';

/** Limit of common file systems. */
const LONGEST_NAME = 255;

/**
 * Makes a file name unique, also on file systems that ignore case or Unicode form.
 *
 * @param names keys of the names so far, with their counts; the new name is added
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

/** Makes a key that is equal for names that some file system treats as the same. */
export function nameKeyOf(name: string): string {
  return (normalise(name, { form: 'NFKC', max: LONGEST_NAME }) ?? name).toUpperCase().toLowerCase();
}

import type { Feature } from '@/lib/licensing/feature';
import type { Overdraft } from '@/lib/licensing/overdraft';
import { UsageError } from './command';

function wholeNumber(text: string, option: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new UsageError(`expected a whole number in --${option}, found ${JSON.stringify(text)}`);
  return Number(text);
}

/** Reads `none`, `unlimited`, `absolute:N` or `percent:N`. @throws UsageError */
export function readOverdraft(text: string): Overdraft {
  const [kind, value] = text.split(':');
  if ((kind === 'none' || kind === 'unlimited') && value === undefined) return { kind };
  if (kind === 'absolute' && value !== undefined) return { kind, seats: wholeNumber(value, 'overdraft') };
  if (kind === 'percent' && value !== undefined) return { kind, percent: wholeNumber(value, 'overdraft') };
  throw new UsageError(`expected none, absolute:N, percent:N or unlimited for --overdraft, found ${JSON.stringify(text)}`);
}

/** Writes what {@link readOverdraft} reads. */
export function writeOverdraft(kind: Overdraft['kind'], value: number): string {
  return kind === 'absolute' || kind === 'percent' ? `${kind}:${value}` : kind;
}

/** Reads `code` (on) or `code=limit` (counted). @throws UsageError */
export function readFeature(text: string): Feature {
  const [code = '', limit] = text.split('=');
  return limit === undefined
    ? { code, kind: 'on-off', enabled: true }
    : { code, kind: 'counted', limit: wholeNumber(limit, 'feature') };
}

/** Reads `key=value`. @throws UsageError */
export function readAttribute(text: string): [string, string] {
  const place = text.indexOf('=');
  if (place < 1) throw new UsageError(`expected KEY=VALUE for --attribute, found ${JSON.stringify(text)}`);
  return [text.slice(0, place), text.slice(place + 1)];
}

/** Reads `on` or `off`. @throws UsageError */
export function readSwitch(text: string, option: string): boolean {
  if (text === 'on') return true;
  if (text === 'off') return false;
  throw new UsageError(`expected on or off for --${option}, found ${JSON.stringify(text)}`);
}

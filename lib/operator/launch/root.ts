import { resolve } from 'node:path';
import type { Settings } from '@/lib/settings/settings';

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '../../..');

/** Where secrets are, and the embedded database where there is one. */
export function dataFolder({ folder, dataDir }: Pick<Settings, 'folder' | 'dataDir'>): string {
  return dataDir === null ? resolve(ROOT, '.data') : resolve(folder, dataDir);
}

import { resolve } from 'node:path';
import type { Settings } from '@/lib/settings/settings';

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '../../..');

/** The folder of the secrets and of the embedded database. */
export function dataFolder({ folder, dataDir }: Pick<Settings, 'folder' | 'dataDir'>): string {
  return dataDir === null ? resolve(ROOT, '.data') : resolve(folder, dataDir);
}

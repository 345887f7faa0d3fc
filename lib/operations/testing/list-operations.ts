import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from '../operation';

const OPERATIONS = join(import.meta.dirname, '..');

/** Lists every operation that a module of `lib/operations` exports. */
export async function listOperations(): Promise<readonly Operation<unknown, unknown>[]> {
  const files = readdirSync(OPERATIONS, { encoding: 'utf8', recursive: true }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'),
  );
  const modules: Record<string, unknown>[] = await Promise.all(
    files.map((file) => import(/* @vite-ignore */ join(OPERATIONS, file))),
  );
  return modules.flatMap((module) => Object.values(module)).filter(isOperation);
}

function isOperation(value: unknown): value is Operation<unknown, unknown> {
  return typeof value === 'object' && value !== null && 'permission' in value && 'input' in value && 'run' in value;
}

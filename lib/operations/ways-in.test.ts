import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** The functions of this layer that the web server calls besides operations. */
const CALLED = {
  'performs an operation, or answers as one': ['perform', 'performOrThrow', 'done', 'refuse'],
  'makes the actor, and what else is in the context of an operation': [
    'openKeyring',
    'findSignedIn',
    'sessionContextReader',
    'keyringForOneAct',
  ],
  'says of values at hand what is offered or shown': [
    ...['mayPerform', 'claimShownTo', 'invitationEndsAt', 'personStateOf', 'seatChoicesOf'],
  ],
  'signs what the API of a dialect answers, refusals too': ['keygenKeys'],
};

/** The values that a file imports from this layer, by name and module. */
function importedBy(text: string): { readonly name: string; readonly module: string }[] {
  const imports = text.matchAll(/import (?!type)\{([^}]*)\} from '@\/(lib\/operations\/[^']*)'/g);
  return [...imports].flatMap(([, names = '', module = '']) =>
    names
      .split(',')
      .map((each) => each.trim().split(' as ')[0] ?? '')
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => ({ name, module })),
  );
}

it('the web server performs operations: no page, action, route or task calls another function of theirs', async () => {
  const called = new Set<string>();
  for (const folder of ['app', 'lib/web']) {
    for (const file of readdirSync(join(ROOT, folder), { encoding: 'utf8', recursive: true })) {
      if (!/\.tsx?$/.test(file) || /\.test\.tsx?$|testing/.test(file)) continue;
      for (const { name, module } of importedBy(readFileSync(join(ROOT, folder, file), 'utf8'))) {
        const values: Record<string, unknown> = await import(/* @vite-ignore */ join(ROOT, module));
        if (typeof values[name] === 'function') called.add(name);
      }
    }
  }
  expect([...called].sort()).toEqual(Object.values(CALLED).flat().sort());
});

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' });
const files = listed.split('\n').filter((file) => file !== '' && existsSync(join(ROOT, file)));
const rootFolders = [...new Set(files.map((file) => file.split('/')[0]))];
const scripts: Record<string, string> = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;

const papers = files.filter((file) => /^(?:[A-Z]+\.md|docs\/[^/]+\.md|docs\/decisions\/[^/]+\.md)$/.test(file));
const textOf = (paper: string) => readFileSync(join(ROOT, paper), 'utf8');

/** The anchor that a heading gets on a page: lower case, words joined by hyphens. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const hasAnchor = (file: string, anchor: string) =>
  [...textOf(file).matchAll(/^#+ (.+)$/gm)].some(([, heading = '']) => anchorOf(heading) === anchor);

/** Names between backticks that look like a file or folder of the project: a path, or a bare name of source. */
const pathsIn = (text: string) =>
  [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([\w.@()[\]<>*…/-]+)`/g)]
    .map(([, name = '']) => name)
    .filter(
      (name) => /\.(?:ts|tsx|mjs|sql)$/.test(name) || (name.includes('/') && rootFolders.includes(name.split('/')[0] ?? '')),
    );

/** Is there a file or folder whose path ends like this? `<id>`, `*` and `…` stand for anything. */
function isThere(path: string): boolean {
  const pattern = path
    .replace(/\/$/, '')
    .replace(/[.()[\]]/g, '\\$&')
    .replace(/<\w+>|[*…]/g, '.*');
  const ending = new RegExp(`(?:^|/)${pattern}(?:/|$)`);
  return files.some((file) => ending.test(file));
}

test('every file and folder that the papers name exists', () => {
  const named = papers.flatMap((paper) => pathsIn(textOf(paper)).map((path) => ({ paper, path })));
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter(({ path }) => !isThere(path))).toEqual([]);
});

test('every link of the papers leads to a file, and to a heading in it', () => {
  const links = papers.flatMap((paper) =>
    [...textOf(paper).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(([, path = '', anchor]) => ({
      paper,
      target: path === '' ? paper : relative(ROOT, join(ROOT, dirname(paper), path)),
      anchor,
    })),
  );
  expect(links.length).toBeGreaterThan(50);
  const leadsNowhere = links.filter(
    ({ target, anchor }) => !isThere(target) || (anchor !== undefined && !hasAnchor(target, anchor)),
  );
  expect(leadsNowhere).toEqual([]);
});

test('every script that the papers name is one of package.json', () => {
  const named = papers.flatMap((paper) => [...textOf(paper).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

import { expect, test } from 'vitest';
import { drawQr } from './draw-qr';

/** The corner of a QR code that readers find it by (ISO/IEC 18004, section 6.3.3). */
const FINDER = ['#######', '#     #', '# ### #', '# ### #', '# ### #', '#     #', '#######'];

test('a QR code is drawn with its three corners, module by module', () => {
  const { size, path } = drawQr('otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ');
  const modules = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`);
  expect(path).toBe(modules.map((at) => `M${at}h1v1h-1z`).join(''));
  const dark = new Set(modules);
  const corner = (left: number, top: number) =>
    FINDER.map((row, y) => [...row].map((_, x) => (dark.has(`${left + x} ${top + y}`) ? '#' : ' ')).join(''));
  expect([corner(0, 0), corner(size - 7, 0), corner(0, size - 7)]).toEqual([FINDER, FINDER, FINDER]);
  expect(corner(size - 7, size - 7)).not.toEqual(FINDER);
});

test('a longer text needs more modules', () => {
  expect(drawQr('x'.repeat(300)).size).toBeGreaterThan(drawQr('x').size);
});

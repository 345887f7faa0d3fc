import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Lightness 0–1, chroma, hue in degrees. */
type Oklch = readonly [lightness: number, chroma: number, hue: number];
type Palette = ReadonlyMap<string, Oklch>;

const css = readFileSync(new URL('../app/globals.css', import.meta.url), 'utf8');
const [lightPart = '', darkPart = ''] = (css.split('@layer theme')[1]?.split('@supports')[0] ?? '').split('@variant dark');

function readPalette(...parts: string[]): Palette {
  const found = parts.flatMap((part) => [...part.matchAll(/--([a-z0-9-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)]);
  return new Map(found.map(([, name = '', l, c, h]) => [name, [Number(l), Number(c), Number(h)]]));
}

const light = readPalette(lightPart);
const dark = readPalette(lightPart, darkPart);

function linear([l, c, h]: Oklch): [red: number, green: number, blue: number] {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
}

/** WCAG 2.2 relative luminance, of the colour as a screen shows it: clipped to sRGB. */
function luminance(colour: Oklch): number {
  const [red, green, blue] = linear(colour).map((channel) => Math.min(1, Math.max(0, channel))) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Oklch, other: Oklch): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function colour(palette: Palette, name: string): Oklch {
  const found = palette.get(name);
  if (found === undefined) throw new Error(`expected a colour --${name} in app/globals.css, found none`);
  return found;
}

/** The accents as the stylesheet derives them from a vendor's colour. */
function withVendor(palette: Palette, [l, c, h]: Oklch): Palette {
  const derived: [string, Oklch][] =
    palette === light
      ? [
          ['accent', [Math.min(l, 0.47), Math.min(c, 0.16), h]],
          ['accent-soft', [0.955, Math.min(c, 0.02), h]],
        ]
      : [
          ['accent', [Math.max(l, 0.8), Math.min(c, 0.12), h]],
          ['accent-soft', [0.27, Math.min(c, 0.035), h]],
          ['on-accent', [0.18, Math.min(c, 0.02), h]],
        ];
  return new Map([...palette, ...derived]);
}

const GROUNDS = ['canvas', 'surface', 'sunken'];
const TEXTS = ['ink', 'ink-2', 'ink-3', 'accent', 'fine', 'soon', 'stopped', 'info'];
const ON_SOFT = ['accent', 'fine', 'soon', 'stopped', 'info'];

const textPairs = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...ON_SOFT.flatMap((text) => [[text, `${text}-soft`] as const, ['ink', `${text}-soft`] as const]),
  ['on-accent', 'accent'] as const,
  ['on-stopped', 'stopped'] as const,
  ['canvas', 'ink'] as const,
];

const accentPairs = textPairs.filter((pair) => pair.some((name) => name.includes('accent')));

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_name, palette) => {
  it.each(textPairs)('shows %s on %s with at least 4.5 to 1', (text, ground) => {
    expect(contrast(colour(palette, text), colour(palette, ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(GROUNDS)('draws the edge of a field on %s with at least 3 to 1', (ground) => {
    expect(contrast(colour(palette, 'edge'), colour(palette, ground))).toBeGreaterThanOrEqual(3);
  });

  it("keeps every vendor's colour readable", () => {
    const vendors = [0, 0.2, 0.5, 0.7, 0.95].flatMap((l) =>
      [0, 0.08, 0.2, 0.32].flatMap((c) => Array.from({ length: 36 }, (_, step) => [l, c, step * 10] as const)),
    );
    const poor = vendors.flatMap((vendor) => {
      const own = withVendor(palette, vendor);
      const low = accentPairs.filter(([text, ground]) => contrast(colour(own, text), colour(own, ground)) < 4.5);
      return low.map((pair) => `${pair.join(' on ')} for ${vendor.join(' ')}`);
    });
    expect(poor).toEqual([]);
  });
});

it('derives the accents in the stylesheet the way this test does', () => {
  const rules = [...css.matchAll(/--(?:on-)?accent(?:-soft)?: oklch\(from var\(--vendor\) ([^;]+)\);/g)].map(([, rule]) => rule);
  expect(rules).toEqual([
    'min(l, 0.47) min(c, 0.16) h',
    '0.955 min(c, 0.02) h',
    'max(l, 0.8) min(c, 0.12) h',
    '0.27 min(c, 0.035) h',
    '0.18 min(c, 0.02) h',
  ]);
});

import { describe, expect, it } from 'vitest';
import type { Fingerprint } from './fingerprint';
import { countedFingerprint, DEFAULT_COMPONENTS, isSameDevice, requiredToRun, slackBeside } from './fingerprint';

const rules = { fingerprintRequired: 2, fingerprintComponents: DEFAULT_COMPONENTS, fingerprintMust: [] };

const of = (components: Record<string, string>): Fingerprint => ({ version: 1, components });

const machine = { cpu: 'c', hostname: 'h', mac: 'n', machine: 'i', memory: 'r' };

describe('two descriptions are of one device', () => {
  it.each([
    ['the same', {}, true],
    ['another network card', { mac: 'n2' }, true],
    ['another host name', { hostname: 'h2' }, true],
    ['two clones of one image: other host name and card', { hostname: 'h2', mac: 'n2' }, false],
    ['a host name and three parts changed', { hostname: 'h2', cpu: 'c2', memory: 'r2', machine: 'i2' }, false],
    ['three parts changed, host name and card kept', { cpu: 'c2', memory: 'r2', machine: 'i2' }, true],
    ['nothing in common', { cpu: 'c2', hostname: 'h2', mac: 'n2', machine: 'i2', memory: 'r2' }, false],
  ])('%s: %s', (_, changes, expected) => {
    expect(isSameDevice(of(machine), of({ ...machine, ...changes }), rules)).toBe(expected);
  });

  it.each([
    ['a card that only one names tells no clones apart', { cpu: 'c', machine: 'i', hostname: 'h2' }, true],
    ['a host name alone tells no clones apart', { cpu: 'c', machine: 'i', hostname: 'h2', memory: 'r' }, true],
  ])('%s: %s', (_, components, expected) => {
    expect(isSameDevice(of(machine), of(components), rules)).toBe(expected);
  });

  it('only where parts that must match do, also where one side lacks them', () => {
    const must = { ...rules, fingerprintMust: ['machine'] };
    const { machine: _, ...without } = machine;
    expect(isSameDevice(of(machine), of({ ...machine, machine: 'i2' }), must)).toBe(false);
    expect(isSameDevice(of(machine), of(without), must)).toBe(false);
    expect(isSameDevice(of(without), of(without), must)).toBe(true);
    expect(isSameDevice(of(machine), of({ ...machine, cpu: 'c2' }), must)).toBe(true);
  });

  it('never by parts that the product does not declare', () => {
    const made = { x1: '1', x2: '2', x3: '3' };
    expect(isSameDevice(of({ cpu: 'c', mac: 'n', ...made }), of({ cpu: 'c2', mac: 'n2', ...made }), rules)).toBe(false);
    expect(countedFingerprint(of({ cpu: 'c', ...made }), rules)).toEqual(of({ cpu: 'c' }));
    expect(countedFingerprint(of(made), { ...rules, fingerprintComponents: null })).toEqual(of(made));
  });
});

describe('an answer', () => {
  it.each([
    [1, 1, 1],
    [2, 1, 2],
    [3, 2, 2],
    [4, 2, 3],
    [5, 2, 3],
    [5, 4, 4],
    [5, 5, 5],
    [1, 2, 1],
  ])('for %i parts of a product that asks for %i asks for %i', (named, fingerprintRequired, expected) => {
    const components = Object.fromEntries(Object.entries(machine).slice(0, named));
    expect(requiredToRun(of(components), [], { ...rules, fingerprintRequired })).toBe(expected);
  });

  it.each([
    ['none changed', {}, 3],
    ['one changed', { mac: 'n2' }, 4],
    ['two changed', { mac: 'n2', cpu: 'c2' }, 5],
  ])('beside an earlier one with the same key, %s of five, asks for %s', (_, changes, expected) => {
    const seen = of({ ...machine, ...changes });
    expect(slackBeside(seen, [of(machine)], rules)).toBeGreaterThanOrEqual(0);
    expect(requiredToRun(seen, [of(machine)], rules)).toBe(expected);
  });

  it('beside an earlier one of which three of five parts are others could run on a second machine', () => {
    const seen = of({ ...machine, mac: 'n2', cpu: 'c2', memory: 'r2' });
    expect(slackBeside(seen, [of(machine)], rules)).toBeLessThan(0);
    expect(requiredToRun(seen, [of(machine)], rules)).toBe(5);
  });

  it('runs on one machine only, also when it names parts of two', () => {
    const [one, other] = [machine, { cpu: 'C', hostname: 'H', mac: 'N', machine: 'I', memory: 'R' }];
    const names = DEFAULT_COMPONENTS;
    for (let mixed = 0; mixed < 2 ** names.length; mixed += 1) {
      const components = Object.fromEntries(names.map((name, index) => [name, (mixed >> index) & 1 ? other[name] : one[name]]));
      const required = requiredToRun(of(components), [], rules);
      const runs = [one, other].filter((own) => names.filter((name) => own[name] === components[name]).length >= required);
      expect(runs).toHaveLength(1);
    }
  });
});

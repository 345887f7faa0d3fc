import { describe, expect, it } from 'vitest';
import type { OfferingTerms } from './check-offering';
import { checkOffering } from './check-offering';

const terms: OfferingTerms = {
  planType: 'perpetual',
  termLength: null,
  gracePeriod: null,
  overdraft: { kind: 'none' },
  features: [{ code: 'export', kind: 'on-off', enabled: true }],
};
const counted = { code: 'scans', kind: 'counted', limit: 500 } as const;

describe('the terms of an offering', () => {
  it.each<[string, Partial<OfferingTerms>]>([
    ['perpetual without a term', {}],
    ['perpetual with grace after each lease', { gracePeriod: 'P14D' }],
    ['time-limited with a term', { planType: 'time-limited', termLength: 'P1Y' }],
    ['a trial with a term', { planType: 'trial', termLength: 'P30D' }],
    ['a subscription with a term', { planType: 'subscription', termLength: 'P1M', overdraft: { kind: 'percent', percent: 10 } }],
    ['consumption of a counted feature', { planType: 'consumption', features: [counted] }],
    ['consumption within a term', { planType: 'consumption', termLength: 'P1Y', features: [counted] }],
  ])('go together: %s', (_, changes) => {
    expect(checkOffering({ ...terms, ...changes })).toBeNull();
  });

  it.each<[string, Partial<OfferingTerms>]>([
    ['a time-limited plan needs a term', { planType: 'time-limited' }],
    ['a trial plan needs a term', { planType: 'trial' }],
    ['a subscription plan needs a term', { planType: 'subscription' }],
    ['a perpetual plan has no term', { termLength: 'P1Y' }],
    ['a trial has no grace period', { planType: 'trial', termLength: 'P30D', gracePeriod: 'P7D' }],
    ['a trial has no overdraft', { planType: 'trial', termLength: 'P30D', overdraft: { kind: 'unlimited' } }],
    ['a consumption plan needs a counted feature', { planType: 'consumption' }],
    ['the feature scans is named twice', { features: [counted, counted] }],
  ])('are refused: %s', (problem, changes) => {
    expect(checkOffering({ ...terms, ...changes })).toEqual({ code: 'offering-refused', facts: { problem } });
  });
});

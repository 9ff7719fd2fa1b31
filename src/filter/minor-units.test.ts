import { expect, it } from 'vitest';
import { inSmallestUnit, looksLikeLargeUnit } from './minor-units.ts';

it.each([
  ['15.00', true, 'write 1500 if the currency has two decimals (usd), 15 if it has none (jpy)'], ['-15.50', true, 'write -1550 if the currency has two decimals (usd)'],
  ['15.000', true, 'write 15000 if the currency has three decimals (kwd), 15 if it has none (jpy)'], ['0.05', true, 'write 5 if the currency has two decimals (usd)'],
  ['15.0000', true, ''], ['1500.5', false, 'write 150050 if the currency has two decimals (usd)'],
  ['1500', false, ''], ['1500.', false, ''], ['0.00', false, 'write 0 if the currency has two decimals (usd), 0 if it has none (jpy)'], ['ten', false, ''],
] as const)('%s', (text, looks, advice) => {
  expect(looksLikeLargeUnit(text)).toBe(looks);
  expect(inSmallestUnit(text)).toBe(advice);
});

it('leaves one decimal alone: 1500.0 is a number', () => {
  expect(looksLikeLargeUnit('1500.0')).toBe(false);
});

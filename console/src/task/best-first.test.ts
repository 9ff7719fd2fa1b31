import { expect, it } from 'vitest';
import { bestFirst } from './best-first.ts';

it('puts the name that is meant first', () => {
  const names = ['BalanceCustomer', 'Charge', 'CustomerBalance', 'Customer'];
  expect(bestFirst(names, { inputValue: 'customer' })).toEqual(['Customer', 'CustomerBalance', 'BalanceCustomer']);
  expect(bestFirst(names, { inputValue: ' ' })).toEqual(names);
});

import { describe, expect, it } from 'vitest';
import { currencyColumn, moneyText } from './money.ts';

describe('money', () => {
  it.each([[1500, 'usd', 'US$15.00'], ['33000', 'usd', 'US$330.00'], [1500, 'jpy', 'JP¥1,500'], [1500, 'kwd', 'KWD\u00a01.500'], [500, 'ugx', 'UGX\u00a05.00'], [-250, 'eur', '-€2.50'], [0, 'idr', 'IDR\u00a00.00']])('%s %s is %s', (amount, currency, text) => {
    expect(moneyText(amount, currency, 'en-GB')).toBe(text);
  });

  it('is none without a currency or with part of a unit', () => {
    expect(moneyText(15, null, 'en')).toBeUndefined();
    expect(moneyText('15.5', 'usd', 'en')).toBeUndefined();
    expect(moneyText(1.5, 'usd', 'en')).toBeUndefined();
  });

  it('finds the currency that is nearest', () => {
    const columns = new Set(['Currency', 'PresentmentDetailsPresentmentCurrency', 'CashBalanceCurrency']);
    expect(currencyColumn('Amount', columns)).toBe('Currency');
    expect(currencyColumn('CashBalanceAvailable', columns)).toBe('CashBalanceCurrency');
    expect(currencyColumn('amount_received', new Set(['id', 'currency']))).toBe('currency');
    expect(currencyColumn('latest_charge.amount', new Set(['currency', 'latest_charge.currency']))).toBe('latest_charge.currency');
    expect(currencyColumn('Amount', new Set(['Id']))).toBeUndefined();
  });
});

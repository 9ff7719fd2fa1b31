import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

const FIELDS = ['authKey', 'authType', 'configVariables', 'host', 'port'];
const ENTITIES = ['Charge', 'Customer', 'CustomerTaxId', 'Invoice', 'PaymentIntent'];

describe('nearest', () => {
  it.each([['hots', 'host'], ['authTyp', 'authType'], ['auth_typ', 'authType'], ['configvariable', 'configVariables'], ['x', undefined], ['something', undefined]])('of %s is %s', (word, meant) => {
    expect(nearest(word, FIELDS)).toBe(meant);
  });

  it.each([['Kustomer', 'Customer'], ['ustomer', 'Customer'], ['Custmer', 'Customer'], ['payment_intents', 'PaymentIntent'], ['Payment', 'PaymentIntent'], ['Inv', 'Invoice'], ['CustomerTax', 'CustomerTaxId'], ['Cha', 'Charge'], ['Payout', undefined], ['', undefined]])(
    'of %s is %s, also where the first letter is wrong or only the beginning is right', (word, meant) => {
      expect(nearest(word, ENTITIES)).toBe(meant);
    },
  );

  it('is told as the end of a sentence', () => {
    expect([didYouMean('Kustomer', ENTITIES), didYouMean('Zebra', ENTITIES)]).toEqual(['; did you mean Customer?', '']);
  });
});

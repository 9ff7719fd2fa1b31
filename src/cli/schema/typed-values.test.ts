// Values as they are typed in a shell, and what they become by the schemas of columns.
import { describe, expect, it } from 'vitest';
import { readAssignments } from '../input.ts';
import type { ShapeColumn } from './entity-shape.ts';
import { typed, withAssignments } from './typed-values.ts';

const column = (name: string, schema: object): ShapeColumn => ({
  name, schema, description: '', dataType: '', isKey: false, nullable: true, isMoney: false, writable: [], filters: [], required: false, values: [], refersTo: '',
});
const COLUMNS = [
  column('Name', { type: ['string', 'null'] }), column('Balance', { type: ['integer'] }), column('Active', { type: ['boolean'] }), column('Rate', { type: ['number'] }), column('Locales', { type: ['array', 'null'], items: { type: ['string'] } }),
  column('Metadata', { type: ['object'], additionalProperties: { type: ['string'] } }), column('Anything', { type: ['object', 'array', 'string', 'number', 'boolean'] }),
  column('Card', { type: ['object'], properties: { exp_year: { type: ['integer'] }, token: { type: ['string'] }, networks: { type: ['object'], properties: { preferred: { type: ['string'] } } } } }),
  column('LineItems', { type: ['array'], items: { type: ['object'], properties: { price: { type: ['string'] }, quantity: { type: ['integer'] } } } }),
];
const set = (...assignments: readonly string[]): object => withAssignments({}, readAssignments(assignments), COLUMNS);

describe('a text typed for a column', () => {
  it.each([
    ['Name=7', { Name: '7' }], ['Name=', { Name: '' }], ['Name=a=b', { Name: 'a=b' }], ['Balance=700', { Balance: 700 }], ['Balance=-5', { Balance: -5 }], ['Balance=1500.5', { Balance: '1500.5' }], ['Balance=much', { Balance: 'much' }],
    // What no double holds stays as it is written.
    ['Balance=9007199254740993', { Balance: '9007199254740993' }], ['Rate=0.1', { Rate: 0.1 }], ['Rate=0.10', { Rate: '0.10' }], ['Active=true', { Active: true }], ['Active=perhaps', { Active: 'perhaps' }],
    ['Locales=id,en', { Locales: ['id', 'en'] }], ['Locales=["id"]', { Locales: ['id'] }], ['Anything={"a":1}', { Anything: { a: 1 } }], ['Anything={a', { Anything: '{a' }], ['Anything=1', { Anything: '1' }],
    ['Name:=null', { Name: null }], ['Anything:=[1,"x"]', { Anything: [1, 'x'] }], ['balance=7', { Balance: 7 }], ['Unknown=7', { Unknown: '7' }], ['invoice_settings.footer=x', { 'invoice_settings.footer': 'x' }],
    ['Metadata.tier=gold', { Metadata: { tier: 'gold' } }], ['Metadata.order.id=0017', { Metadata: { 'order.id': '0017' } }], ['Card.exp_year=2030', { Card: { exp_year: 2030 } }], ['Card.networks.preferred=visa', { Card: { networks: { preferred: 'visa' } } }],
    ['LineItems.0.quantity=2', { LineItems: [{ quantity: 2 }] }],
  ] as const)('%s', (assignment, expected) => {
    expect(set(assignment)).toEqual(expected);
  });

  it('goes over what a file gave, and into it', () => {
    const before = { Metadata: { tier: 'silver', since: '2024' }, Name: 'Ani' };
    expect(withAssignments(before, readAssignments(['Metadata.tier=gold', 'Name=Budi']), COLUMNS)).toEqual({ Metadata: { tier: 'gold', since: '2024' }, Name: 'Budi' });
    expect(before).toEqual({ Metadata: { tier: 'silver', since: '2024' }, Name: 'Ani' });
    expect(set('LineItems.0.price=price_1', 'LineItems.0.quantity=2', 'LineItems.1.price=price_2')).toEqual({ LineItems: [{ price: 'price_1', quantity: 2 }, { price: 'price_2' }] });
  });

  it('is refused where it can mean nothing', () => {
    for (const assignments of [['Name'], ['=x'], ['Name=a', 'Name=b'], ['Balance:=12345678901234567890'], ['Name:={'], ['LineItems.1.price=x'], ['Card.__proto__.x=1'], ['__proto__=1']]) {
      expect(() => set(...assignments), assignments.join(' ')).toThrow(/column|twice|JSON|place in a list|number/);
    }
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it('is typed alone as within a row', () => {
    expect(typed('true', { type: 'boolean' })).toBe(true);
    expect(typed('x', undefined)).toBe('x');
  });
});

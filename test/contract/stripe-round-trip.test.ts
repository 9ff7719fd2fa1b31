// What is written is what is read: random values under the plain columns of a few entities, each named in a random spelling.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindingOf } from '../../src/connectors/stripe/bindings.ts';
import { textOf } from '../../src/filter/comparable.ts';
import type { Row } from '../../src/spi/connector.ts';
import { startStripeWorld, type StripeWorld } from './stripe-world.ts';

let world: StripeWorld;

beforeAll(async () => {
  world = await startStripeWorld();
});

afterAll(async () => {
  await world.close();
});

interface Subject {
  readonly entity: string;
  /** What must be there besides. */
  readonly needed: Row;
  /** Columns without a meaning of their own to Stripe. */
  readonly columns: readonly string[];
}

const SUBJECTS: readonly Subject[] = [
  { entity: 'Customer', needed: {}, columns: ['Name', 'Phone', 'Description', 'AddressCity', 'AddressLine1', 'AddressPostalCode', 'BusinessName', 'InvoiceSettingsFooter'] },
  { entity: 'Product', needed: { Name: 'P' }, columns: ['Name', 'Description', 'Active', 'Shippable', 'UnitLabel'] },
  { entity: 'TaxRate', needed: { DisplayName: 'T', Inclusive: true, Percentage: 5 }, columns: ['DisplayName', 'Description', 'Jurisdiction', 'Active', 'Inclusive'] },
  { entity: 'PaymentIntent', needed: { Amount: 500, Currency: 'usd' }, columns: ['Description'] },
];

const TEXT = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).map((text) => text.trim()).filter((text) => text !== '' && text.isWellFormed());
const KEY = fc.string({ minLength: 1, maxLength: 10, unit: 'grapheme' }).filter((key) => !/[[\]]/.test(key) && key.isWellFormed() && key !== '__proto__');

/** A column of the entity under one of its names, with a value of its type. */
function anyEntry(entity: string, column: string): fc.Arbitrary<readonly [spelling: string, column: string, value: unknown]> {
  const known = bindingOf(entity).columns.find(({ name }) => name === column);
  if (known === undefined) throw new Error(`${entity} has no ${column}`);
  const spelling = fc.constantFrom(column, known.path.join('.'), column.toUpperCase());
  return fc.tuple(spelling, fc.constant(column), known.property.type === 'boolean' ? fc.boolean() : TEXT);
}

describe('a random payload', () => {
  it.each(SUBJECTS)('of $entity is read as it was written', async ({ entity, needed, columns }) => {
    const entries = fc.subarray([...columns]).chain((some) => fc.tuple(...some.map((column) => anyEntry(entity, column))));
    const metadata = fc.dictionary(KEY, TEXT, { maxKeys: 4, noNullPrototype: true });
    await fc.assert(fc.asyncProperty(entries, metadata, async (written, Metadata) => {
      const named = new Set(written.map(([, column]) => column));
      const rest = Object.fromEntries(Object.entries(needed).filter(([column]) => !named.has(column)));
      const created = await world.create(entity, { ...rest, ...Object.fromEntries(written.map(([spelling, , value]) => [spelling, value])), Metadata });
      const got = await world.session.get(world.call(), entity, textOf(created['Id']) ?? '');
      expect(got).toEqual(created);
      for (const [, column, value] of written) expect(got[column], column).toEqual(value);
      expect(got['Metadata']).toEqual(Metadata);
    }), { numRuns: 60 });
  });
});

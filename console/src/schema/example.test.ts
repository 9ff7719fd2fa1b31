import { describe, expect, it } from 'vitest';
import type { EntityType, Field } from '../api/schema.ts';
import { exampleOf, exampleTasks } from './example.ts';

const field = (name: string, more: Partial<Field> = {}): Field => ({ name, description: '', dataType: 'VARCHAR', nullable: true, ...more });
const entity = (fields: readonly Field[], more: Partial<EntityType> = {}): EntityType => ({ name: 'Customer', fields, jsonSchema: {}, operations: ['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE'], ...more });
const told = (type: EntityType): readonly unknown[] => exampleTasks(type).map(({ operation, told: inputs }) => [operation, inputs]);

describe('examples', () => {
  it('are values of the field\'s kind', () => {
    expect(exampleOf([field('Amount', { dataType: 'BIGINT', additionalDetails: { unit: 'minor-currency-unit' } }), field('Currency'), field('PaymentIntentId'), field('Status', { additionalDetails: { enum: ['open', 'paid'] } }), field('Lines', { dataType: 'OTHER', jsonSchema: { type: ['array', 'null'] } })]))
      .toEqual({ Amount: 1000, Currency: 'usd', PaymentIntentId: 'pi_…', Status: 'open', Lines: [] });
  });

  it('are a task for each operation', () => {
    const writable = { writable: ['CREATE', 'UPDATE'] } as const;
    expect(told(entity([field('Id', { key: true }), field('Email', { additionalDetails: { ...writable, filters: ['='] } }), field('Name', { additionalDetails: writable })]))).toEqual([
      ['LIST', { filterClause: "Email = 'jenny@example.com'" }], ['GET', { entityId: 'cus_…' }], ['CREATE', { connectorInputPayload: { Name: 'Jenny Rosen', Email: 'jenny@example.com' } }],
      ['UPDATE', { entityId: 'cus_…', connectorInputPayload: { Name: 'Jenny Rosen' } }], ['DELETE', { entityId: 'cus_…' }],
    ]);
  });

  it('fix what a list needs', () => {
    const [list] = exampleTasks(entity([field('Customer', { reference: { name: 'Customer' } })], { metadata: { list: { requires: ['Customer'] } } }));
    expect(list?.inputs).toEqual({ filter: "Customer = 'cus_…'" });
  });
});

import type { RJSFSchema } from '@rjsf/utils';
import { describe, expect, it } from 'vitest';
import { faultsOf, validator } from './validator.ts';

const SCHEMA: RJSFSchema = {
  type: 'object', required: ['Amount'],
  properties: { Amount: { type: 'integer' }, Email: { type: ['string', 'null'], pattern: '@' }, Lines: { type: 'array', items: { type: 'object', required: ['Price'], properties: { Price: { type: 'string' } } } } },
};

describe('the validator of forms', () => {
  it('finds every fault, at its place', () => {
    const { errors, errorSchema } = validator.validateFormData({ Email: 'none', Lines: [{ Price: 'p' }, {}] }, SCHEMA);
    expect(errors.map(({ name, property }) => [name, property])).toEqual(expect.arrayContaining([['required', '.Amount'], ['pattern', '.Email'], ['required', '.Lines[1].Price']]));
    expect(errors).toHaveLength(3);
    expect(errorSchema).toMatchObject({ Amount: { __errors: [expect.any(String)] }, Email: { __errors: [expect.any(String)] }, Lines: { 1: { Price: { __errors: [expect.any(String)] } } } });
  });

  it('tells the faults without a form as one error', () => {
    expect(validator.rawValidation(SCHEMA, { Email: 'none' })).toEqual({ validationError: expect.objectContaining({ message: expect.stringMatching(/^\.Amount .*; \.Email /) }) });
    expect(validator.rawValidation(SCHEMA, { Amount: 1 })).toEqual({});
  });

  it('lets pass what is right', () => {
    expect(faultsOf(SCHEMA, { Amount: 1500, Email: null })).toEqual([]);
    expect(validator.isValid(SCHEMA, { Amount: 1.5 }, SCHEMA)).toBe(false);
    expect(validator.isValid({ $ref: '#/definitions/a' }, 'x', { definitions: { a: { type: 'string' } } })).toBe(true);
  });
});

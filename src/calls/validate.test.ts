import { describe, expect, it } from 'vitest';
import { API } from '../api/table.ts';
import { createValidators } from './validate.ts';

describe('createValidators', () => {
  // A schema is compiled when it is first used, so a broken one would be found by a caller.
  it('compiles the schemas of every row', () => {
    const validators = createValidators();
    for (const row of Object.values(API)) {
      expect(() => validators.query(row.query)({ unheard: 'of' }), row.id).toThrow('unheard: is no parameter of this call');
      const { body } = row;
      // What is no object is refused by the schema itself, and nothing else is thrown.
      if (body !== undefined) expect(() => validators.body(body)('text'), row.id).toThrow('must be object');
    }
  });
});

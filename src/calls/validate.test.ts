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

  it('tells in words what was wrong: neither null nor what was not asked for is among the choices', () => {
    const fault = (row: 'integrations.execute', body: object): string => {
      try {
        createValidators().body(API[row].body)(body);
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
      return 'nothing';
    };
    expect(fault('integrations.execute', { timeout: 'x', sortByColumns: 'Name' })).toBe('sortByColumns: must be array; timeout: must be integer');
    expect(fault('integrations.execute', { operation: 'LIST' })).toMatch(/^operation: must be one of LIST_ENTITIES, .*, EXECUTE_QUERY$/);
    expect(fault('integrations.execute', { timeout: -1, entity: 'x'.repeat(300), sortByColumns: Array.from({ length: 101 }, () => 'x') })).toBe('entity: must have at most 255 characters; sortByColumns: must name at most 100; timeout: must be at least 0');
    expect(() => createValidators().query(API['connectionSchemaMetadata.getAction'].query)({ actionId: '' })).toThrow('actionId: is empty');
  });
});

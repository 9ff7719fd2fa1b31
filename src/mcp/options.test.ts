import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';
import { searchTools } from './search.ts';
import { smallTools } from './small-mode.ts';
import { succeeded, toMcpTool } from './tool-shape.ts';

describe('options', () => {
  it('come as texts, once or several times', () => {
    expect(readOptions({})).toEqual({ mode: 'auto', choice: {} });
    expect(readOptions({ entities: 'Customer, Invoice', actions: ['PayInvoice', 'SendInvoice,VoidInvoice'], effects: 'read,write', mode: 'full' }))
      .toEqual({ mode: 'full', choice: { entityTypes: ['Customer', 'Invoice'], actions: ['PayInvoice', 'SendInvoice', 'VoidInvoice'], effects: ['read', 'write'] } });
    for (const readOnly of [true, 'true', '']) expect(readOptions({ readOnly })).toEqual({ mode: 'auto', choice: { effects: ['read'] } });
    expect(readOptions({ readOnly: 'false' })).toEqual({ mode: 'auto', choice: {} });
  });

  it('that are wrong are told all at once, so that no mistake opens more than was meant', () => {
    expect(() => readOptions(Object.fromEntries([['entities', ' , '], ['effects', 'look'], ['mode', 'tiny'], ['readOnly', 'yes'], ['readonly', 'true']]))).toThrow(expect.objectContaining({
      violations: ['readonly', 'entities', 'effects', 'readOnly', 'mode'].map((field) => expect.objectContaining({ field })),
    }));
    expect(() => readOptions({ readOnly: 'true', effects: 'read,destroy' })).toThrow(/contradicts/);
    // Two of what is one would leave the choice to chance.
    for (const twice of [{ mode: ['small', 'full'] }, { readOnly: ['true', 'true'] }]) expect(() => readOptions(twice), JSON.stringify(twice)).toThrow(/must be/);
  });
});

describe('the search', () => {
  const tools = ['CancelRefund', 'list_Customer', 'list_CustomerSource', 'create_Refund', 'update_Invoice', 'PayInvoice', 'get_Balance'].map((name) => ({ name, description: name === 'get_Balance' ? 'The money that is there.' : 'Something.', annotations: { title: name, readOnlyHint: false, destructiveHint: name.startsWith('Cancel'), idempotentHint: false, openWorldHint: true } }));
  const found = (query: string): readonly string[] => searchTools(tools, query).map(({ name }) => name);

  it('takes plurals, verbs of people, and beginnings of words', () => {
    expect(found('find customers')[0]).toBe('list_Customer');
    expect(found('change an invoice')[0]).toBe('update_Invoice');
    expect(found('pay the invoice')[0]).toBe('PayInvoice');
    expect(found('refund'), 'what ends something comes after its equals').toEqual(['create_Refund', 'CancelRefund']);
    expect(found('create refu')[0]).toBe('create_Refund');
    expect(found('money')).toEqual(['get_Balance']);
    expect(found('spaceship')).toEqual([]);
    expect(found('')).toHaveLength(tools.length);
  });
});

describe('the three tools in place of many', () => {
  it('promise no more than what they call may do', () => {
    const call = (choice: Parameters<typeof smallTools>[0]) => smallTools(choice).find(({ name }) => name === 'call_tool')?.annotations;
    expect(call({ effects: ['read'] })).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(call({ effects: ['read', 'write'] })).toMatchObject({ readOnlyHint: false, destructiveHint: true });
    expect(call({})).toMatchObject({ readOnlyHint: false, destructiveHint: true, openWorldHint: true });
  });
});

describe('a tool in the form of the protocol', () => {
  it('has one type to each value, and no null in what it gives', () => {
    const hints = { title: 'T', readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };
    const schema = { $schema: 'http://json-schema.org/draft-07/schema#', type: ['object'], properties: { a: { type: ['string', 'null'], description: 'A' }, b: { type: ['array'], items: { type: ['integer'] } } }, additionalProperties: { not: {} } };
    expect(toMcpTool({ name: 'n', description: 'd', annotations: hints, inputSchema: schema, outputSchema: schema })).toEqual({
      name: 'n', title: 'T', description: 'd', annotations: hints,
      inputSchema: { type: 'object', properties: { a: { anyOf: [{ type: 'string' }, { type: 'null' }], description: 'A' }, b: { type: 'array', items: { type: 'integer' } } }, additionalProperties: false },
      outputSchema: { type: 'object', properties: { a: { type: 'string', description: 'A' }, b: { type: 'array', items: { type: 'integer' } } }, additionalProperties: false },
    });
    expect(succeeded({ rows: [{ a: null, b: 0, c: { d: null }, e: [null, 1] }] })).toEqual({ content: [{ type: 'text', text: '{"rows":[{"b":0,"c":{},"e":[null,1]}]}' }], structuredContent: { rows: [{ b: 0, c: {}, e: [null, 1] }] } });
  });
});

import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { createStripeConnector } from '../connectors/stripe/connector.ts';
import type { ActionType, EntityType } from '../spi/catalog.ts';
import { chosenBy } from './choice.ts';
import { resourcesOf, resourceSubject } from './resources.ts';
import { inputSchemaOf, outputSchemaOf } from './schemas.ts';
import { shortened, spaced } from './spelling.ts';
import { annotationsOf, toolName, toolsOf, type ToolModel } from './tool.ts';
import { describeTool } from './words.ts';

const connector = createStripeConnector({});
const stripe = connector.describe(connector.parseConfig({ api_key: 'projects/p/secrets/s/versions/1' }), { livemode: false });
const tools = toolsOf(stripe);
const tool = (name: string): ToolModel => tools.find((one) => one.name === name) ?? expect.fail(name);

describe('the tools of the whole Stripe catalogue', () => {
  it('are one for each operation and each action, with names that every client takes', () => {
    expect(tools.length).toBe(stripe.actions.length + stripe.entities.reduce((sum, { operations }) => sum + operations.length, 0));
    expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
    for (const { name } of tools) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(['list_Customer', 'get_Customer', 'create_Customer', 'update_Customer', 'delete_Customer', 'ConfirmPaymentIntent'].map((name) => tool(name).name)).toHaveLength(6);
    expect(toolsOf(stripe), 'made once').toBe(tools);
  });

  it('have schemas that compile strictly, and descriptions that say more than the name', () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: true, validateSchema: true, code: { optimize: false } });
    for (const one of tools) {
      const [input, output] = [inputSchemaOf(one), outputSchemaOf(one)];
      expect(() => ajv.compile(input), `${one.name} ${JSON.stringify(input).slice(0, 200)}`).not.toThrow();
      expect(() => ajv.compile(output), one.name).not.toThrow();
      expect([input['type'], output['type']]).toEqual(['object', 'object']);
      expect(describeTool(one).length, one.name).toBeGreaterThan(10);
      expect(describeTool(one).length, one.name).toBeLessThan(1_100);
    }
  });

  it('say honestly what a call does', () => {
    const hints = (name: string): unknown => {
      const { readOnlyHint, destructiveHint, idempotentHint } = annotationsOf(tool(name));
      return [tool(name).effect, readOnlyHint, destructiveHint, idempotentHint];
    };
    expect(hints('list_Customer')).toEqual(['read', true, false, true]);
    expect(hints('create_Customer')).toEqual(['write', false, false, false]);
    expect(hints('update_Customer')).toEqual(['write', false, true, true]);
    expect(hints('delete_Customer')).toEqual(['destroy', false, true, true]);
    expect(hints('DownloadQuotePdf')).toEqual(['read', true, false, true]);
    expect(hints('CapturePaymentIntent')).toEqual(['write', false, true, false]);
    expect(hints('CancelSubscription')).toEqual(['destroy', false, true, false]);
    expect(hints('VoidInvoice')).toEqual(['destroy', false, true, false]);
    expect(annotationsOf(tool('ConfirmPaymentIntent')).title).toBe('Confirm Payment Intent');
  });

  it('say what a list needs and what it finds quickly', () => {
    expect(describeTool(tool('list_SubscriptionItem'))).toContain('must fix Subscription with "="');
    expect(inputSchemaOf(tool('list_SubscriptionItem'))).toMatchObject({ required: ['filter'], additionalProperties: false });
    expect(describeTool(tool('list_Customer'))).toContain('Email (=)');
    expect(inputSchemaOf(tool('create_PaymentIntent'))).toMatchObject({ required: ['Amount', 'Currency'], properties: { Amount: { type: 'integer', description: expect.stringMatching(/smallest (currency )?unit/) } } });
    expect(inputSchemaOf(tool('update_Customer'))).toMatchObject({ required: ['id'], properties: { Name: { type: ['string', 'null'] } } });
    expect(inputSchemaOf(tool('DetachPaymentMethodFromCustomer'))['properties']).toHaveProperty('idempotencyKey');
    expect(inputSchemaOf(tool('DownloadQuotePdf'))['properties']).not.toHaveProperty('idempotencyKey');
  });
});

describe('names', () => {
  const entity = (name: string): EntityType => ({ name, description: '', fields: [], operations: ['LIST'], listRequires: [] });
  const action = (name: string): ActionType => ({ name, description: '', inputs: [], outputs: [] });

  it('that do not fit, or that two would have, are marked', () => {
    const long = 'X'.repeat(80);
    const names = toolsOf({ entities: [entity(long), entity(`${long}Y`), entity('Größe')], actions: [action('list_Größe'), action('a b')] }).map(({ name }) => name);
    expect(new Set(names).size).toBe(5);
    for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(toolName(long)).toBe(toolName(long));
  });

  it('are told apart where an action is called like a tool of an entity type', () => {
    expect(toolsOf({ entities: [entity('Order')], actions: [action('list_Order')] }).map(({ name }) => name)).toEqual(['list_Order', expect.stringMatching(/^list_Order_[0-9a-f]{8}$/)]);
  });

  it('and texts are put into words', () => {
    expect(spaced('V2CoreAccountHTTPLink')).toBe('V2 Core Account HTTP Link');
    expect(shortened('One is here. Two is longer.', 16)).toBe('One is here.');
    expect(shortened('abcdefghij klm', 12)).toBe('abcdefghij …');
    expect(shortened('short', 10)).toBe('short');
  });
});

describe('a choice', () => {
  const chosen = (choice: Parameters<typeof chosenBy>[0]): readonly string[] => tools.filter(chosenBy(choice, tools)).map(({ name }) => name);

  it('is by effect, entity type and action', () => {
    expect(tools.filter(chosenBy({ effects: ['read'] }, tools)).every((one) => annotationsOf(one).readOnlyHint)).toBe(true);
    expect(chosen({ entityTypes: ['customers'] })).toEqual(['list_Customer', 'get_Customer', 'create_Customer', 'update_Customer', 'delete_Customer']);
    expect(chosen({ entityTypes: ['Customer'], actions: ['voidinvoice'], effects: ['read', 'destroy'] })).toEqual(['list_Customer', 'get_Customer', 'delete_Customer', 'VoidInvoice']);
    expect(chosen({ actions: ['*'] })).toHaveLength(stripe.actions.length);
    expect(chosen({})).toHaveLength(tools.length);
  });

  it('of what is not there is told, all at once', () => {
    expect(() => chosenBy({ entityTypes: ['Custmer', 'Invoice'], actions: ['PayInvoices'] }, tools)).toThrow(expect.objectContaining({
      violations: [{ field: 'choice.entityTypes', description: expect.stringContaining('did you mean Customer?') }, { field: 'choice.actions', description: expect.stringContaining('did you mean PayInvoice?') }],
    }));
  });
});

describe('resources', () => {
  it('are the status, and what each entity type and action is, each under an id that is one part of a path', () => {
    const resources = resourcesOf(stripe);
    expect(resources).toHaveLength(1 + stripe.entities.length + stripe.actions.length);
    for (const { id } of resources) {
      expect(id).toMatch(/^[A-Za-z0-9.]+$/);
      expect(resourceSubject(id), id).toBeDefined();
    }
    expect(resourceSubject('entityTypes.Customer')).toEqual({ kind: 'entityType', name: 'Customer' });
    expect(['x', 'entityTypes.', 'Customer', 'status.x'].map(resourceSubject)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

// The catalogue that the installed SDK gives: how much there is, a few rows in detail, and that it holds together.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ActionRow, CallRow, Descriptions, EntityRow, Property } from '../src/connectors/stripe/table.ts';
import type { StripeCatalog } from './stripe-catalog.ts';
import { readStripeCatalog } from './stripe-catalog.ts';
import { describeCatalog } from './stripe-describe.ts';
import { readProvenance, renderCatalog } from './stripe-write.ts';

const SDK = join(import.meta.dirname, '../node_modules/stripe');
const TABLES = join(import.meta.dirname, '../src/connectors/stripe/tables');

let catalog: StripeCatalog;
beforeAll(() => {
  catalog = readStripeCatalog(join(SDK, 'esm'));
});

function entity(name: string): EntityRow {
  const row = catalog.entities.find((one) => one.entity === name);
  if (row === undefined) throw new Error(`no entity ${name}`);
  return row;
}

function action(name: string): ActionRow {
  const row = catalog.actions.find((one) => one.action === name);
  if (row === undefined) throw new Error(`no action ${name}`);
  return row;
}

function callsOf(row: EntityRow): readonly CallRow[] {
  return [row.get, row.create, row.update, row.delete].filter((call) => call !== undefined);
}

describe('how much there is', () => {
  test('every v1 and v2 resource is an entity', () => {
    expect(catalog.entities.filter((row) => row.api === 'v1')).toHaveLength(145);
    expect(catalog.entities.filter((row) => row.api === 'v2')).toHaveLength(27);
  });

  test('every verb beyond create, get, update, delete and list is an action, test helpers apart', () => {
    const counts = { v1: 0, v2: 0, test: 0 };
    for (const row of catalog.actions) counts[row.testOnly ? 'test' : row.api]++;
    expect(counts).toEqual({ v1: 97, v2: 20, test: 39 });
  });

  test('every request the SDK can make is in it once, cancelling a subscription twice', () => {
    const paths = catalog.entities.flatMap((row) => [
      ...callsOf(row).map((call) => `${call.method} ${call.path}`),
      ...row.list === undefined ? [] : [`GET ${row.list.path}`], ...row.search === undefined ? [] : [`GET ${row.search}`],
    ]);
    const all = [...paths, ...catalog.actions.map((row) => `${row.call.method} ${row.call.path}`)].map((path) => path.replaceAll(/\{\w+\}/g, '{}'));
    expect(all.filter((path, index) => all.indexOf(path) !== index)).toEqual(['DELETE /v1/subscriptions/{}']);
    expect(new Set(all).size).toBe(648);
  });

  test('seven resources can be searched', () => {
    expect(catalog.entities.filter((row) => row.search !== undefined).map((row) => row.entity).sort())
      .toEqual(['Charge', 'Customer', 'Invoice', 'PaymentIntent', 'Price', 'Product', 'Subscription']);
  });
});

describe('names', () => {
  test('the nine actions of the specification have exactly its names', () => {
    const calls = Object.fromEntries([
      'ConfirmPaymentIntent', 'CapturePaymentIntent', 'CancelPaymentIntent', 'AttachPaymentMethodToCustomer',
      'DetachPaymentMethodFromCustomer', 'FinalizeInvoice', 'FinalizeQuote', 'AcceptQuote', 'CancelQuote',
    ].map((name) => [name, action(name).call.path]));
    expect(calls).toEqual({
      ConfirmPaymentIntent: '/v1/payment_intents/{payment_intent}/confirm',
      CapturePaymentIntent: '/v1/payment_intents/{payment_intent}/capture',
      CancelPaymentIntent: '/v1/payment_intents/{payment_intent}/cancel',
      AttachPaymentMethodToCustomer: '/v1/payment_methods/{payment_method}/attach',
      DetachPaymentMethodFromCustomer: '/v1/payment_methods/{payment_method}/detach',
      FinalizeInvoice: '/v1/invoices/{invoice}/finalize',
      FinalizeQuote: '/v1/quotes/{quote}/finalize',
      AcceptQuote: '/v1/quotes/{quote}/accept',
      CancelQuote: '/v1/quotes/{quote}/cancel',
    });
  });

  test('no two entities and no two actions share a name', () => {
    expect(new Set(catalog.entities.map((row) => row.entity)).size).toBe(catalog.entities.length);
    expect(new Set(catalog.actions.map((row) => row.action)).size).toBe(catalog.actions.length);
  });
});

describe('rows', () => {
  test('Customer', () => {
    expect(entity('Customer')).toEqual({
      entity: 'Customer', object: 'customer', api: 'v1', host: 'api', path: '/v1/customers', parents: [], singleton: false, row: 'Customer',
      list: {
        path: '/v1/customers', filters: { created: ['=', '<', '<=', '>', '>='], email: ['='], test_clock: ['='] },
        shape: 'CustomerListParams', required: [], paged: true,
      },
      get: { method: 'GET', path: '/v1/customers/{id}' },
      create: { method: 'POST', path: '/v1/customers', shape: 'CustomerCreateParams' },
      update: { method: 'POST', path: '/v1/customers/{id}', shape: 'CustomerUpdateParams' },
      delete: { method: 'DELETE', path: '/v1/customers/{id}' },
      search: '/v1/customers/search',
    });
    expect(catalog.shapes['Customer']).toMatchObject({
      id: { type: 'string' }, created: { type: 'timestamp' }, balance: { type: 'integer', format: 'minor-units' },
      tax_exempt: { type: 'enum', enum: ['exempt', 'none', 'reverse'], nullable: true },
      metadata: { type: 'map', items: { type: 'string' } },
      test_clock: { type: 'string', expands: 'test_helpers.test_clock', shape: 'TestHelpers.TestClock', nullable: true },
      subscriptions: { type: 'object', list: true, items: { type: 'object', shape: 'Subscription' }, nullable: true },
    });
    expect(catalog.shapes['CustomerUpdateParams']).toMatchObject({
      address: { type: 'object', emptyable: true }, balance: { type: 'integer' }, metadata: { type: 'map', emptyable: true },
    });
    expect(catalog.shapes['Customer']).not.toHaveProperty('deleted');
    expect(catalog.shapes['CustomerCreateParams']).not.toHaveProperty('expand');
  });

  test('PaymentIntent requires an amount and a currency, and lists by neither status nor amount', () => {
    expect(Object.keys(entity('PaymentIntent').list?.filters ?? {})).toEqual(['created', 'customer', 'customer_account']);
    const params = catalog.shapes['PaymentIntentCreateParams'] ?? {};
    expect(Object.keys(params).filter((name) => params[name]?.required)).toEqual(['amount', 'currency']);
    expect(params['amount']).toEqual({ type: 'integer', required: true, format: 'minor-units' });
    expect(params['off_session']).toEqual({ type: 'union', of: [{ type: 'enum', enum: ['one_off', 'recurring'] }, { type: 'boolean' }] });
    expect(catalog.shapes['PaymentIntent']?.['latest_charge']).toEqual({ type: 'string', expands: 'charge', shape: 'Charge', nullable: true });
  });

  test('what a list requires', () => {
    expect(entity('SubscriptionItem').list?.required).toEqual(['subscription']);
    expect(entity('BillingMeterEventSummary').list?.required.toSorted()).toEqual(['customer', 'end_time', 'start_time']);
    expect(entity('BillingMeterEventSummary').parents).toEqual([{ slot: 'meter', entity: 'BillingMeter' }]);
  });

  test('children name their parents in their paths', () => {
    expect(entity('AccountPerson')).toMatchObject({
      path: '/v1/accounts/{account}/persons', parents: [{ slot: 'account', entity: 'Account' }],
      get: { path: '/v1/accounts/{account}/persons/{id}' },
    });
    expect(action('VerifyCustomerBankAccount').slots).toEqual([{ slot: 'customer', entity: 'Customer' }, { slot: 'source', entity: 'CustomerSource' }]);
  });

  test('hosts and encodings: files, bytes, the stream of meter events', () => {
    const file = entity('File');
    expect(file.host).toBe('api');
    expect(file.create).toEqual({ method: 'POST', path: '/v1/files', shape: 'FileCreateParams', host: 'files', multipart: true });
    expect(file.get).toEqual({ method: 'GET', path: '/v1/files/{id}' });
    expect(catalog.shapes['FileCreateParams']?.['file']).toEqual({ type: 'file', required: true });
    expect(entity('V2BillingMeterEventStream')).toMatchObject({ host: 'meter-events', object: '' });
    const pdf = action('DownloadQuotePdf');
    expect(pdf).toMatchObject({ host: 'files', binary: true, call: { method: 'GET' } });
    expect(pdf).not.toHaveProperty('row');
  });

  test('singletons have no id of their own', () => {
    expect(entity('Balance')).toMatchObject({ singleton: true, get: { method: 'GET', path: '/v1/balance' } });
    expect(entity('CustomerCashBalance')).toMatchObject({ singleton: true, update: { path: '/v1/customers/{customer}/cash_balance' } });
    const singletons = catalog.entities.filter((row) => row.singleton);
    expect(singletons.map((row) => row.entity)).toEqual([
      'CurrentAccount', 'Balance', 'BalanceSettings', 'BillingCreditBalanceSummary', 'CustomerCashBalance', 'TaxSettings',
      'TreasuryFinancialAccountFeatures', 'V2MoneyManagementPayoutMethodsBankAccountSpec',
    ]);
    expect(singletons.filter((row) => row.list !== undefined || row.create !== undefined)).toEqual([]);
  });

  test('deleting a Subscription cancels it, and is an action as well', () => {
    expect(entity('Subscription').delete).toEqual({ method: 'DELETE', path: '/v1/subscriptions/{id}', shape: 'SubscriptionCancelParams' });
    expect(action('CancelSubscription').call).toEqual({ method: 'DELETE', path: '/v1/subscriptions/{subscription}', shape: 'SubscriptionCancelParams' });
  });

  test('an entity of several objects has the properties of all', () => {
    expect(entity('AccountExternalAccount')).toMatchObject({ object: 'bank_account|card', row: 'ExternalAccount' });
    expect(catalog.shapes['ExternalAccount']).toMatchObject({
      object: { type: 'enum', enum: ['bank_account', 'card'] }, routing_number: { nullable: true }, exp_month: { nullable: true },
    });
    expect(catalog.shapes['Event']?.['type']?.enum).toContain('payment_intent.succeeded');
    expect(catalog.shapes['Event']?.['data']).toEqual({ type: 'object', shape: 'Event.Data' });
  });

  test('lists that are answered whole are not paged', () => {
    expect(catalog.entities.filter((row) => row.list?.paged === false).map((row) => row.entity)).toEqual(['AccountCapability', 'ReportType']);
  });
});

describe('it holds together', () => {
  test('every shape that is named exists, and none is there for nothing', () => {
    const named = new Set<string>();
    const visit = (property: Property): void => {
      if (property.shape !== undefined) named.add(property.shape);
      if (property.items !== undefined) visit(property.items);
      property.of?.forEach(visit);
    };
    for (const shape of Object.values(catalog.shapes)) Object.values(shape).forEach(visit);
    for (const row of catalog.entities) [row.row, row.list?.shape, ...callsOf(row).map((call) => call.shape)].forEach((name) => name !== undefined && named.add(name));
    for (const row of catalog.actions) [row.row, row.call.shape].forEach((name) => name !== undefined && named.add(name));
    expect([...named].filter((name) => catalog.shapes[name] === undefined)).toEqual([]);
    expect(Object.keys(catalog.shapes).filter((name) => !named.has(name))).toEqual([]);
  });

  test('every slot of every path has an entity, and an own id comes last', () => {
    const entities = new Set(catalog.entities.map((row) => row.entity));
    for (const row of catalog.entities) {
      const slots = row.parents.map((parent) => parent.slot);
      expect(slotsOf(row.path)).toEqual(slots);
      expect(row.parents.every((parent) => entities.has(parent.entity))).toBe(true);
      for (const call of callsOf(row)) expect([slots, [...slots, 'id']]).toContainEqual(slotsOf(call.path));
    }
    for (const row of catalog.actions) {
      expect(slotsOf(row.call.path)).toEqual(row.slots.map((slot) => slot.slot));
      expect(row.slots.every((slot) => entities.has(slot.entity))).toBe(true);
    }
  });

  test('a property is what its type says it is', () => {
    const wrong: string[] = [];
    const check = (property: Property, at: string): void => {
      const { type, items, of, shape, expands, list } = property;
      const right = (type === 'enum') === (property.enum !== undefined)
        && (shape === undefined || expands !== undefined || type === 'object')
        && (items !== undefined || (type !== 'array' && !list))
        && (type !== 'union' || (of ?? []).length > 1);
      if (!right) wrong.push(at);
      if (items !== undefined) check(items, at);
      of?.forEach((one) => check(one, at));
    };
    for (const [name, shape] of Object.entries(catalog.shapes)) {
      for (const [property, type] of Object.entries(shape)) check(type, `${name}.${property}`);
    }
    expect(wrong).toEqual([]);
  });

  test('two generations are equal: this one and the one that is committed', () => {
    for (const [name, text] of renderCatalog(catalog, readProvenance(SDK))) {
      expect(readFileSync(join(TABLES, name), 'utf8') === text, `${name} is not what the generator writes`).toBe(true);
    }
  });

  test('nothing of the prose is in the tables', () => {
    const text = [...renderCatalog(catalog, readProvenance(SDK)).values()].join('');
    expect(text).not.toMatch(/[a-z]+ [a-z]+ [a-z]+ [a-z]+/i);
  });
});

describe('descriptions', () => {
  let said: Descriptions;
  beforeAll(() => {
    said = describeCatalog(catalog, 'stamp');
  });

  test('every entity and every action is described', () => {
    expect(catalog.entities.filter((row) => said.texts[said.entities[row.entity] ?? -1] === undefined)).toEqual([]);
    expect(catalog.actions.filter((row) => said.texts[said.actions[row.action] ?? -1] === undefined)).toEqual([]);
  });

  test('properties are described by shape and name, each text once', () => {
    expect(said.texts[said.shapes['Customer']?.['email'] ?? -1]).toBe("The customer's email address.");
    expect(new Set(said.texts).size).toBe(said.texts.length);
    const properties = Object.values(catalog.shapes).reduce((sum, shape) => sum + Object.keys(shape).length, 0);
    const described = Object.values(said.shapes).reduce((sum, shape) => sum + Object.keys(shape).length, 0);
    expect(described / properties).toBeGreaterThan(0.85);
  });

  test('texts are plain and short', () => {
    expect(said.texts.filter((text) => text.length > 402 || /\]\(|<\/?[a-z]+>|&(?:lt|gt|amp|quot);|\n/.test(text))).toEqual([]);
  });
});

function slotsOf(path: string): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

import { describe, expect, it } from 'vitest';
import { StatusError } from '../errors/status-error.ts';
import type { EntityType, Field, FieldType } from '../spi/catalog.ts';
import type { Filter } from '../spi/filter.ts';
import { checkFilter, requireColumn } from './check.ts';
import { parseFilter } from './parse.ts';
import { printFilter } from './print.ts';

const field = (name: string, type: FieldType, aliases: readonly string[] = []): Field =>
  ({ name, type, nullable: true, description: name, writable: [], aliases });

const customer: EntityType = {
  name: 'Customer', description: 'A buyer', key: 'Id', operations: ['LIST', 'GET'], listRequires: [], maps: ['Metadata'],
  fields: [
    field('Id', 'string', ['CustomerId']), field('Email', 'string'), field('Balance', 'integer'), field('Rate', 'decimal'),
    field('Delinquent', 'boolean'), field('Created', 'timestamp'), field('Metadata', 'json', ['MetadataAggregate']),
    field('InvoiceSettingsFooter', 'string'), field('Address', 'json'),
  ],
  pseudoFields: [field('AccountId', 'string')],
};
const charge: EntityType = { ...customer, name: 'Charge', fields: [{ ...field('Amount', 'integer'), unit: 'minor-currency-unit' }, field('Count', 'integer')] };
const item: EntityType = { ...customer, name: 'SubscriptionItem', listRequires: ['Email', 'Balance'] };

const checked = (text: string, entity: EntityType = customer): string => printFilter(checkFilter(parseFilter(text), entity));
const checkedFault = (filter: Filter): string => faultIn(filter, customer).message;
const faultOf = (text: string, entity: EntityType = customer): StatusError => faultIn(parseFilter(text), entity);
function faultIn(filter: Filter, entity: EntityType): StatusError {
  try {
    checkFilter(filter, entity);
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error(`no fault in ${printFilter(filter)}`);
}

describe('checkFilter', () => {
  it.each([
    ["email = 'x'", "Email = 'x'"],
    ["invoice_settings.footer = 'x'", "InvoiceSettingsFooter = 'x'"],
    ["InvoiceSettings.Footer = 'x'", "InvoiceSettingsFooter = 'x'"],
    ["customer_id = 'x'", "Id = 'x'"],
    ["metadata.Order_Id = 'x'", "Metadata.Order_Id = 'x'"],
    ["MetadataAggregate.a.b = 'x'", "Metadata.a.b = 'x'"],
    ["\"metadata.my key\" = 5", "\"Metadata.my key\" = '5'"],
    ['Email = 00110', "Email = '00110'"],
    ['Email = 5', "Email = '5'"],
    ['Email = TRUE', "Email = 'true'"],
    ["Balance = '1500'", 'Balance = 1500'],
    ['Balance = 00110', 'Balance = 110'],
    ['Balance = 1500.0', 'Balance = 1500'],
    ['Balance > 10.5', 'Balance > 10.5'],
    ["Balance = '9007199254740993'", "Balance = '9007199254740993'"],
    ["Rate = '0.50'", 'Rate = 0.5'],
    ["Rate = '0.12345678901234567890'", "Rate = '0.12345678901234567890'"],
    ["Delinquent = 'True'", 'Delinquent = TRUE'],
    ['Delinquent = 0', 'Delinquent = FALSE'],
    ["Created >= '2024-01-31'", "Created >= '2024-01-31T00:00:00Z'"],
    ["Created >= '2024-01-31T10:00:00+02:00'", "Created >= '2024-01-31T08:00:00Z'"],
    ["Created >= '2024-01-31 10:00:00.500'", "Created >= '2024-01-31T10:00:00.5Z'"],
    ["Created >= '1707196279'", "Created >= '2024-02-06T05:11:19Z'"],
    ['Created > 10.5', "Created > '1970-01-01T00:00:10.5Z'"],
    ['Created > -0.5', "Created > '1969-12-31T23:59:59.5Z'"],
    ["Address = '{ \"city\": \"Jakarta\" }'", "Address = '{\"city\":\"Jakarta\"}'"],
    ["Email IN ('x')", "Email = 'x'"],
    ["Email NOT IN ('x', NULL)", "Email NOT IN ('x', NULL)"],
    ["AccountId = 'acct_1' AND Email = 'x'", "AccountId = 'acct_1' AND Email = 'x'"],
    ['', ''],
  ])('reads %s as %s', (written, canonical) => {
    expect(checked(written)).toBe(canonical);
  });

  it.each([
    ["Balance = 'abc'", /Balance: 'abc' is not an integer/],
    ['Balance = TRUE', /Balance: 'true' is not an integer/],
    ['Balance = 1e999', /not an integer/],
    ["Rate = '1,5'", /Rate: '1,5' is not a number/],
    ["Delinquent = 'yes'", /neither TRUE nor FALSE/],
    ["Created = 'yesterday'", /Created: 'yesterday' is not a time: write/],
    ["Created = '2023-02-30'", /not a time/],
    ["Created = '2023-02-03T24:00:00Z'", /not a time/],
    ['Created = 1707196279000', /looks like milliseconds/],
    ["AccountId = 'a' OR Email = 'x'", /stands in a filter as AccountId = '…'/],
    ["NOT AccountId = 'a'", /stands in a filter as/],
    ["AccountId = 'a' AND AccountId = 'b'", /one value only/],
    ['AccountId = NULL', /cannot be NULL/],
  ])('refuses %s', (text, message) => {
    expect(faultOf(text)).toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'INVALID_FIELD' });
    expect(faultOf(text).message).toMatch(message);
  });

  it('does not guess at amounts with decimals, which may be of the large unit', () => {
    expect(faultOf("Amount > '15.00'", charge)).toMatchObject({ reason: 'INVALID_FIELD', message: "Amount: '15.00' is no number of the currency's smallest unit: write 1500 if the currency has two decimals (usd), 15 if it has none (jpy) (position 1)" });
    expect(faultOf('Amount IN (15.50, 1)', charge).message).toContain('write 1550 if');
    expect(checked("Amount > 1500.0 AND Amount < '1500.0' AND Count = '15.00' AND Amount > 0.5", charge)).toBe('Amount > 1500 AND Amount < 1500 AND Count = 15 AND Amount > 0.5');
  });

  it('says what was meant by an unknown column', () => {
    expect(faultOf("Emial = 'x'")).toMatchObject({ reason: 'UNKNOWN_FIELD', message: 'Customer has no column Emial; did you mean Email? (position 1)' });
    expect(faultOf("Email = 'a' AND NOT (Zzzzzzz = 'x')").message).toBe('Customer has no column Zzzzzzz (position 22)');
    expect(checkedFault({ kind: 'isNull', field: 'Zzzzzzz' })).toBe('Customer has no column Zzzzzzz');
    expect(() => requireColumn(customer, 'constructor')).toThrow(/no column constructor/);
  });

  it('lists every fault with its position', () => {
    const fault = faultOf("Emial = 'x' AND Balance = 'abc' AND Emial = 'x' AND (Created = 'y' OR Wrong IS NULL)", item);
    expect(fault.reason).toBe('UNKNOWN_FIELD');
    expect(fault.violations.map((one) => one.field)).toEqual(['Emial', 'Balance', 'Emial', 'Created', 'Wrong', 'Email']);
    expect(fault.violations.map((one) => /\(position (\d+)\)/.exec(one.description)?.[1])).toEqual(['1', '17', '37', '54', '71', undefined]);
  });

  it('demands what a list needs', () => {
    expect(faultOf('', item)).toMatchObject({ reason: 'REQUIRED_FILTER',
      message: "List SubscriptionItem needs Email = '…'; List SubscriptionItem needs Balance = '…'" });
    expect(faultOf("Email = 'x' AND (Balance = 1 OR Rate = 1)", item).violations).toHaveLength(1);
    expect(checked("Email = 'x' AND (Balance = '1' AND Rate = 1)", item)).toBe("Email = 'x' AND Balance = 1 AND Rate = 1");
  });

  it('demands nothing where the rows are named by id and can be got', () => {
    expect(checked("Id IN ('a', 'b')", item)).toBe("Id IN ('a', 'b')");
    expect(faultOf("Id = 'a'", { ...item, operations: ['LIST'] }).reason).toBe('REQUIRED_FILTER');
    expect(faultOf("Id = 'a' AND AccountId = 'b'", item).reason).toBe('REQUIRED_FILTER');
    expect(faultOf("Id = 'a' OR Email = 'x'", item).reason).toBe('REQUIRED_FILTER');
  });

  it('lets no alias hide a column', () => {
    const entity: EntityType = { ...customer, fields: [field('A', 'string', ['B']), field('B', 'integer')] };
    expect(requireColumn(entity, 'b').type).toBe('integer');
  });
});

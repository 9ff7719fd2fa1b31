// A small world for tests on the memory connector: people, the cards that belong to them, a table without ids and one that can
// only be read.
import type { EntityType, Field, FieldType } from '../../src/spi/catalog.ts';
import type { Call, Row, SessionContext } from '../../src/spi/connector.ts';
import type { Comparison } from '../../src/spi/filter.ts';

const RANGES: readonly Comparison[] = ['=', '<', '<=', '>', '>='];

function field(name: string, type: FieldType, more: Partial<Field> = {}): Field {
  return { name, type, nullable: true, description: `The ${name} of a row`, writable: ['CREATE', 'UPDATE'], ...more };
}
const id = field('Id', 'string', { nullable: false, writable: ['CREATE'] });

export const PERSON: EntityType = {
  name: 'Person', description: 'Somebody', key: 'Id', operations: ['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE'], listRequires: [], maps: ['Metadata'],
  fields: [
    id, field('Email', 'string', { filters: ['='], aliases: ['MailAddress'] }), field('Name', 'string'), field('Age', 'integer', { filters: RANGES }), field('Score', 'decimal'),
    field('Active', 'boolean', { filters: ['='] }), field('Born', 'timestamp', { filters: RANGES }), field('Address', 'json'), field('Metadata', 'json'),
  ],
};

/** Can be listed per person only, as Stripe's children are. */
export const CARD: EntityType = {
  name: 'Card', description: 'Belongs to a person', key: 'Id', operations: ['LIST', 'GET', 'CREATE', 'DELETE'], listRequires: ['Person'],
  fields: [id, field('Person', 'string', { nullable: false, writable: ['CREATE'], references: 'Person', filters: ['='] }), field('Digits', 'string', { writable: ['CREATE'] })],
};

export const RATE: EntityType = {
  name: 'Rate', description: 'Has no id', operations: ['LIST'], listRequires: [],
  fields: [field('Currency', 'string', { writable: [] }), field('Factor', 'decimal', { writable: [] })],
};

export const COUNTRY: EntityType = {
  name: 'Country', description: 'Can only be read', key: 'Id', operations: ['LIST', 'GET'], listRequires: [],
  fields: [{ ...id, writable: [] }, field('Name', 'string', { writable: [] })],
  pseudoFields: [field('Continent', 'string', { writable: [] })],
};

/** A person of any kind, the same for the same number: some columns null, some equal to others', ids in no order. */
export function person(number: number): Row {
  const pick = <T>(values: readonly T[], step: number): T | null => values[Math.floor(number / step) % (values.length + 1)] ?? null;
  return {
    Id: `p_${((number * 7919) % 100_003).toString(36).padStart(4, '0')}`,
    Email: `mail${number % 50}@example.com`,
    Name: pick(['Ada', 'ada', 'Budi', 'Cici', 'Ådne', "O'Neil", '100%', '', 'x_y'], 1),
    Age: pick([0, 1, 17, 18, 42, 99, -5], 2),
    Score: pick([0.5, '0.50', 2, -1.25, '0.12345678901234567890'], 3),
    Active: pick([true, false], 1),
    Born: pick(['2001-02-03T04:05:06Z', '2001-02-03T06:05:06+02:00', '1969-12-31T23:59:59.5Z', '2024-02-29T00:00:00Z'], 2),
    Address: pick([{ city: 'Jakarta' }, ['a', 1], 'plain'], 4),
    Metadata: pick([{ order_id: '6735' }, { order_id: '9', team: 'red' }, {}], 1),
  };
}

export const people = (count: number): readonly Row[] => Array.from({ length: count }, (_, number) => person(number));

export const rates: readonly Row[] = [{ Currency: 'usd', Factor: 1 }, { Currency: 'idr', Factor: '15650.5' }, { Currency: 'eur', Factor: 0.92 }, { Currency: 'jpy', Factor: null }];

export const countries: readonly Row[] = [{ Id: 'ID', Name: 'Indonesia', Continent: 'Asia' }, { Id: 'JP', Name: 'Japan', Continent: 'Asia' }, { Id: 'NO', Name: 'Norway', Continent: 'Europe' }];

/** A call that nobody leaves and that has a minute. */
export function newCall(more: Partial<Call> = {}): Call {
  return { signal: new AbortController().signal, deadline: new Date(Date.now() + 60_000), requestId: 'test', caller: 'test', output: 'text', ...more };
}

/** Powers for a connector that needs none. */
export const noPowers: SessionContext = {
  send: () => Promise.reject(new Error('nothing is sent in this test')),
  secret: () => Promise.reject(new Error('there is no secret in this test')),
  now: () => new Date(),
  signal: new AbortController().signal,
};

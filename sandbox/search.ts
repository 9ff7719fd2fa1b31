// Search queries: clauses joined by AND or by OR, exact, part of a text, numeric bounds, negation, null, metadata keys.
// It must not know pages of lists; search has pages of its own.
import type { Answer, Call } from './call.ts';
import { invalidRequest } from './errors.ts';
import { expand } from './expand.ts';
import type { Json, JsonObject } from './json.ts';
import { idIn, isObject, number, object, text, texts } from './json.ts';
import { materialise, renderText } from './render.ts';
import { outdated } from './search-lag.ts';
import type { Entry } from './store.ts';

type Kind = 'text' | 'number' | 'token';

/** The fields that may be asked for, with how they compare: `token` fields match whole only. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  '/v1/charges': {
    amount: 'number', created: 'number', currency: 'token', customer: 'token', disputed: 'token', refunded: 'token', status: 'token',
    'billing_details.address.postal_code': 'token', ...cardFields('card'), ...cardFields('card_present'), ...cardFields('interac_present'),
  },
  '/v1/customers': { created: 'number', email: 'text', name: 'text', phone: 'text' },
  '/v1/invoices': { created: 'number', total: 'number', currency: 'token', customer: 'token', number: 'text', receipt_number: 'text', status: 'text', subscription: 'text', last_finalization_error_code: 'text', last_finalization_error_type: 'text' },
  '/v1/payment_intents': { amount: 'number', created: 'number', currency: 'token', customer: 'token', status: 'token' },
  '/v1/prices': { active: 'token', currency: 'token', lookup_key: 'text', product: 'text', type: 'token' },
  '/v1/products': { active: 'token', description: 'text', name: 'text', shippable: 'token', url: 'text' },
  '/v1/subscriptions': { created: 'number', status: 'token', canceled_at: 'number' },
};

function cardFields(kind: string): Readonly<Record<string, Kind>> {
  const names = { last4: 'token', exp_month: 'token', exp_year: 'token', brand: 'token', fingerprint: 'token' } as const;
  return Object.fromEntries(Object.entries(names).map(([name, one]) => [`payment_method_details.${kind}.${name}`, one]));
}

type Test = (row: JsonObject) => boolean;

const CLAUSE = /^\s*(-?)([\w.]+)(?:\[(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\])?\s*(:|~|>=|<=|>|<)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([\w.-]+))/;

/** The test that a query makes; throws in Stripe's words where it makes no sense. */
export function parseQuery(collection: string, query: string): Test {
  const tests: Test[] = [];
  const joints = new Set<string>();
  let rest = query;
  for (;;) {
    const clause = CLAUSE.exec(rest);
    if (clause === null) throw invalidRequest(`We were unable to parse your search query. Try using the format \`metadata["key"]:"value"\` to query for metadata or key:"value" to query for other fields.`, 'query');
    tests.push(testOf(collection, clause));
    rest = rest.slice(clause[0].length);
    if (rest.trim() === '') break;
    const joint = /^\s+(AND|OR)\b/i.exec(rest) ?? /^\s+/.exec(rest);
    if (joint === null) throw invalidRequest('We were unable to parse your search query.', 'query');
    joints.add((joint[1] ?? 'AND').toUpperCase());
    rest = rest.slice(joint[0].length);
  }
  if (joints.size > 1) throw invalidRequest('You can only use either AND or OR in a search query, not both.', 'query');
  return joints.has('OR') ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row));
}

function testOf(collection: string, clause: RegExpExecArray): Test {
  const [, minus, field = '', double, single, operator = ':', quoted, singly, bare] = clause;
  const key = double ?? single;
  const wanted = (quoted ?? singly ?? bare ?? '').replaceAll(/\\(.)/g, '$1');
  const fields = FIELDS[collection] ?? {};
  const kind = key !== undefined && field === 'metadata' ? 'text' : Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (kind === undefined) throw invalidRequest(`Field \`${field}\` is an unsupported search field for resource \`${collection.slice(4)}\`. See http://stripe.com/docs/search#query-fields-for-${collection.slice(4).replaceAll('_', '-')} for a list of supported fields.`, 'query');
  const value = (row: JsonObject): Json | undefined => (key === undefined ? valueAt(collection, row, field) : object(row, 'metadata')?.[key.replaceAll(/\\(.)/g, '$1')]);
  const isNull = bare === 'null' && operator === ':';
  const positive: Test = isNull ? (row) => (value(row) ?? null) === null : compare(kind, operator, wanted, value, field);
  return minus === '-' ? (row) => !positive(row) : positive;
}

function compare(kind: Kind, operator: string, wanted: string, value: (row: JsonObject) => Json | undefined, field: string): Test {
  if (operator === ':') {
    if (kind === 'number') return (row) => value(row) === Number(wanted);
    return (row) => String(scalar(value(row))).toLowerCase() === wanted.toLowerCase() && scalar(value(row)) !== '';
  }
  if (operator === '~') {
    if (kind !== 'text') throw invalidRequest(`Field \`${field}\` does not support the operator \`~\`.`, 'query');
    if (wanted.length < 3) throw invalidRequest('Substring search requires at least three characters.', 'query');
    return (row) => String(scalar(value(row))).toLowerCase().includes(wanted.toLowerCase());
  }
  if (kind !== 'number') throw invalidRequest(`Field \`${field}\` does not support the operator \`${operator}\`.`, 'query');
  const bound = Number(wanted);
  return (row) => {
    const found = value(row);
    if (typeof found !== 'number') return false;
    return operator === '>' ? found > bound : operator === '<' ? found < bound : operator === '>=' ? found >= bound : found <= bound;
  };
}

function scalar(value: Json | undefined): string | number | boolean {
  return typeof value === 'object' || value === undefined ? '' : value;
}

function valueAt(collection: string, row: JsonObject, field: string): Json | undefined {
  if (collection === '/v1/invoices' && field === 'subscription') return idIn(object(object(row, 'parent'), 'subscription_details'), 'subscription');
  if (collection === '/v1/charges' && field === 'refunded') return row['refunded'] === true ? 'true' : (number(row, 'amount_refunded') ?? 0) > 0 ? 'false' : null;
  let at: Json | undefined = row;
  for (const step of field.split('.')) at = isObject(at) ? at[step] : undefined;
  return isObject(at) ? text(at, 'id') : at;
}

/** Answers a search: newest first, by pages of their own. */
export function search(call: Call): Answer {
  const { collection } = call.endpoint;
  const test = parseQuery(collection, text(call.params, 'query') ?? '');
  const limit = number(call.params, 'limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalidRequest(`Invalid limit: must be between 1 and 100`, 'limit', 'parameter_invalid_integer');
  const { scope } = call.transaction;
  const late = call.searchDelay === 0 ? undefined : outdated(scope, collection, call.told, call.searchDelay);
  const known = (entry: Entry): JsonObject | undefined => (late?.has(entry.key) === true ? late.get(entry.key) : entry.row);
  const found = (scope.collections.get(collection)?.order ?? []).filter((entry) => {
    const row = known(entry);
    return row !== undefined && test(row);
  }).toReversed();
  const start = Number(Buffer.from(text(call.params, 'page') ?? '', 'base64url').toString() || 0);
  const page = found.slice(start, start + limit);
  const more = start + limit < found.length;
  const paths = texts(call.params, 'expand');
  const deep = paths.filter((path) => path !== 'total_count');
  const rows = page.map((entry) => (deep.length === 0 ? renderText(scope, entry, call.legacy) : JSON.stringify(expand(call, materialise(scope, entry, call.legacy), deep, 'data'))));
  const next = more ? JSON.stringify(Buffer.from(String(start + limit)).toString('base64url')) : 'null';
  const total = paths.includes('total_count') ? `,"total_count":${found.length}` : '';
  return { kind: 'text', text: `{"object":"search_result","data":[${rows.join(',')}],"has_more":${more},"next_page":${next}${total},"url":${JSON.stringify(call.path)}}` };
}

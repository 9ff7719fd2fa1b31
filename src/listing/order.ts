// The order of a list, as AIP-132 writes it: `createTime desc, name`. The name decides last, so that no two items are equal
// and a page token can say where the next page begins.
import { invalidFields } from '../errors/status-error.ts';
import { compareScalars, findField, scalarOf, valueAt, type Fields, type FieldKind, type Scalar } from './field.ts';

export interface OrderTerm {
  readonly path: readonly string[];
  readonly kind: FieldKind;
  readonly descending: boolean;
}

export type Order = readonly OrderTerm[];

/** What a list can be ordered by: maps and lists of texts have no order. */
const UNORDERED: ReadonlySet<FieldKind> = new Set<FieldKind>(['map', 'texts']);
const MOST_TERMS = 10;

/**
 * @param unique the field that decides last; no two items have it alike.
 * @throws StatusError INVALID_ARGUMENT
 */
export function parseOrder(text: string, fields: Fields, unique: string): Order {
  const last: OrderTerm = { path: unique.split('.'), kind: fields[unique] ?? 'text', descending: false };
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length === 1 && parts[0] === '') return [last];
  if (parts.length > MOST_TERMS) throw fault(`names more than ${MOST_TERMS} fields`);
  const terms = parts.map((part) => readTerm(part, fields));
  const names = terms.map(({ path }) => path.join('.'));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw fault(`names ${twice} twice`);
  return names.includes(unique) ? terms : [...terms, last];
}

function readTerm(part: string, fields: Fields): OrderTerm {
  const [, name = '', direction = 'asc'] = /^(\S+?)(?:\s+(asc|desc))?$/i.exec(part) ?? [];
  const field = name === '' ? undefined : findField(fields, name.split('.'));
  if (field !== undefined && !UNORDERED.has(field.kind)) return { ...field, descending: direction.toLowerCase() === 'desc' };
  const known = Object.keys(fields).filter((key) => !UNORDERED.has(fields[key] ?? 'map'));
  throw fault(`"${part}" is no field with asc or desc; there are ${known.join(', ') || 'none'}`);
}

function fault(description: string): Error {
  return invalidFields([{ field: 'orderBy', description }], 'INVALID_REQUEST');
}

/** Where an item stands in the order; null stands for what is absent, so that it survives JSON. */
export type OrderKey = readonly (Scalar | null)[];

export function keyOf(order: Order, item: object): OrderKey {
  return order.map(({ path, kind }) => scalarOf(kind, valueAt(item, path)) ?? null);
}

export function compareKeys(order: Order, a: OrderKey, b: OrderKey): number {
  for (const [index, { descending }] of order.entries()) {
    const result = compareScalars(a[index] ?? undefined, b[index] ?? undefined);
    if (result !== 0) return descending ? -result : result;
  }
  return 0;
}

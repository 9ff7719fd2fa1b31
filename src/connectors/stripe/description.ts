// What people read about entities, columns and actions: the SDK's own words where they are installed, ours where it is silent,
// and the unit in any case. It decides nothing.
import { fieldType } from './columns.ts';
import { words } from './spelling.ts';
import type { Descriptions, Property } from './table.ts';

export interface Words {
  entity(name: string): string | undefined;
  action(name: string): string | undefined;
  property(shape: string, key: string): string | undefined;
}

/** Looks texts up; without descriptions, nothing is known. */
export function wordsOf(descriptions: Descriptions | undefined): Words {
  const text = (index: number | undefined): string | undefined => (index === undefined ? undefined : descriptions?.texts[index]);
  return {
    entity: (name) => text(descriptions?.entities[name]),
    action: (name) => text(descriptions?.actions[name]),
    property: (shape, key) => text(descriptions?.shapes[shape]?.[key]),
  };
}

const UNITS: Readonly<Record<NonNullable<Property['format']>, string | undefined>> = {
  'minor-units': 'In the smallest unit of the currency: 1000 is $10.00 or ¥1000.',
  percent: 'In percent: 7.5 is 7.5 %.',
  currency: 'Three-letter ISO 4217 code, in lower case.',
  country: 'Two-letter ISO 3166-1 code.',
  email: undefined,
  url: undefined,
  'unix-milliseconds': undefined,
  'date-time': undefined,
  date: 'A day, YYYY-MM-DD.',
  int64: undefined,
};

/** The unit or the form of a value, where its type alone does not tell. */
function unitOf(property: Property): string | undefined {
  if (property.list === true) return 'A list; at most its first ten elements until it is completed.';
  if (property.type === 'timestamp') return 'RFC 3339 in UTC; unix seconds and dates are taken, too.';
  if (property.type === 'decimal') return 'A decimal number as text, with at most 12 places.';
  if (property.type === 'file') return 'The bytes as base64, at most 10 MB; or {"data", "name", "type"}.';
  return property.format === undefined ? undefined : UNITS[property.format];
}

export function describeProperty(known: Words, owner: string, path: readonly string[], property: Property): string {
  const key = path.at(-1) ?? '';
  return [known.property(owner, key) ?? plainWords(path, property), unitOf(property)].filter((part) => part !== undefined).join(' ');
}

/** `invoice_settings.footer` → "Footer, in invoice settings." */
function plainWords(path: readonly string[], property: Property): string {
  const [key = '', ...above] = path.toReversed().map(words);
  const subject = property.expands !== undefined && fieldType(property) === 'string' ? `id of the ${key}` : key;
  const where = above.length === 0 ? '' : `, in ${above.join(' of ')}`;
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)}${where}.`;
}
